import HardenModel
import Testing

@Suite struct DiagnosticCodeTests {
  @Test func `codes are H and four digits, grouped by what they are about`() {
    for code in DiagnosticCode.allCases {
      #expect(code.rawValue.wholeMatch(of: #/H0[0-4][0-9]{2}/#) != nil, "\(code.rawValue)")
      #expect((code.severity == .warning) == code.rawValue.hasPrefix("H04"))
    }
  }
}
