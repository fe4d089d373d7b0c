import HardenModel
import Testing

@Suite struct DiagnosticTests {
  @Test func `its severity is its code's`() {
    #expect(Diagnostic(.waiverExpired, "m", at: nil).severity == .warning)
    #expect(Diagnostic(.unknownKey, "m", at: nil).severity == .error)
  }
}
