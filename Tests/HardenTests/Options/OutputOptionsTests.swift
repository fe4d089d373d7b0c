import HardenTestSupport
import Testing

@Suite struct OutputOptionsTests {
  @Test(arguments: [["--format", "html"], ["--color", "sometimes"]])
  func `a wrong word names the right ones`(arguments: [String]) throws {
    let result = try Program.run(["kinds"] + arguments)
    #expect(result.status == 64, "\(result)")
    #expect(result.messages.contains(arguments[0] == "--format" ? "text" : "always"))
  }
}
