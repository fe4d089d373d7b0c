import HardenCore
import Testing

@Suite struct VersionTextTests {
  @Test func `a version is a number with dots, with an operator or without`() {
    #expect(read(plain(">=5.10"), as: VersionText.self).0?.text == ">=5.10")
    #expect(read(plain("twelve"), as: VersionText.self).1 == [.wrongValue])
    #expect(read(list("1"), as: VersionText.self).1 == [.wrongType])
  }
}
