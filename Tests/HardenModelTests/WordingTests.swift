import Testing

@testable import HardenModel

@Suite struct WordingTests {
  @Test func `one thing has no s`() {
    #expect(counted(1, "change") == "1 change")
    #expect(counted(0, "change") == "0 changes" && counted(2, "change") == "2 changes")
  }

  @Test func `the last component is what has a name`() {
    #expect("/etc/passwd".lastComponent == "passwd" && "passwd".lastComponent == "passwd")
    #expect("/etc/dir/".lastComponent == "dir" && "/".lastComponent.isEmpty)
  }
}
