import HardenModel
import Testing

@testable import HardenCore

@Suite struct TimeSpanReadingTests {
  @Test func `a wrong one is reported with an example`() {
    let node = { (text: String) in
      Node(.scalar(text, quoted: false), at: SourceRange(file: "f", line: 1, column: 1))
    }
    var reading = Reading()
    #expect(TimeSpan.read(node("5m"), &reading)?.seconds == 300)
    #expect(TimeSpan.read(node("5 minutes"), &reading) == nil)
    #expect(reading.diagnostics.map(\.code) == [.wrongValue])
    #expect(reading.diagnostics[0].help?.contains("10s") == true)
  }
}
