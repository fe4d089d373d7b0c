import HardenSystem
import Testing

@Suite struct AuditWordsTests {
  @Test func `lines are split at spaces, and backslashes keep them`() {
    #expect(AuditWords.split("  -w  /a\\ b -k x\\\\y ") == ["-w", "/a b", "-k", "x\\y"])
    #expect(AuditWords.split("-w /a\tb") == ["-w", "/a\tb"])
    #expect(AuditWords.split("  # -e 2") == [])
    #expect(AuditWords.split("-k a#b") == ["-k", "a#b"])
    #expect(AuditWords.split("/a\\b") == ["/a\\b"])
    #expect(AuditWords.split("-k \\  -w") == ["-k", " ", "-w"])
    let words = ["-w", "/a b\\", "-k", "ü"]
    #expect(AuditWords.split(AuditWords.join(words)) == words)
  }

  @Test func `options are found as getopt finds them`() throws {
    #expect(
      try AuditWords.options(["-aalways,exit", "-S", "open", "-kx"])
        == [.init("a", "always,exit"), .init("S", "open"), .init("k", "x")])
    #expect(try AuditWords.options(["-ik", "x"]) == [.init("i"), .init("k", "x")])
    #expect(
      try AuditWords.options(["--backlog_wait=60"]) == [.init("backlog_wait_time", "60")])
    #expect(throws: AuditSyntaxError("there is no option --res")) {
      try AuditWords.options(["--res"])
    }
    #expect(throws: AuditSyntaxError("there is no option -z")) { try AuditWords.options(["-z"]) }
  }

  @Test func `a line of short words has room for all of them`() {
    let words = ["F", "m", "-F", "k", "x"]
    #expect(AuditWords.split(AuditWords.join(words)) == words)
    #expect(AuditWords.join(["-w", "/etc"]) == "-w /etc" && AuditWords.join([]) == "")
  }
}
