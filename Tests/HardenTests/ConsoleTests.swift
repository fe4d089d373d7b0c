import Foundation
import HardenTestSupport
import Testing

@Suite struct ConsoleTests {
  @Test(arguments: [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
  func `closed streams are no danger`(redirection: String) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    try host.write("root/etc/banner", "x\n")
    let result = try Program.shell(
      "\"$HARDEN\" apply playbook.yaml --yes --root root \(redirection)", in: host.folder.path())
    #expect(result.status == 0, "\(result)")
    #expect(host.text("root/etc/banner") == "Authorised use only\n")
  }

  @Test func `a reader that goes away is no error`() throws {
    let result = try Program.shell("{ \"$HARDEN\" --help; echo $? >&2; } | true")
    #expect(result.messages == "0\n")
  }

  @Test func `output that cannot be written is an error`() throws {
    let result = try Program.shell("\"$HARDEN\" kinds > /dev/full")
    #expect(result.status == 1 && result.messages.contains("standard output"), "\(result)")
  }

  @Test(arguments: [
    ("--color always", "TERM=dumb NO_COLOR=1", true), ("--color never", "TERM=xterm", false),
    ("", "TERM=xterm", false),
  ])
  func `colour only where asked or where a terminal is`(
    option: String, environment: String, isColoured: Bool
  ) throws {
    let result = try Program.shell("\(environment) \"$HARDEN\" runs --state /nonexistent \(option)")
    #expect(result.status == 0)
    let plan = try Self.plan(environment, option)
    #expect(plan.output.contains("\u{1b}[") == isColoured)
  }

  @Test(arguments: [("TERM=xterm", true), ("TERM=xterm NO_COLOR=1", false), ("TERM=dumb", false)])
  func `a terminal gets colour unless it says no`(environment: String, isColoured: Bool) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      "\(environment) script -qec \"$HARDEN plan playbook.yaml --root root\" /dev/null",
      in: host.folder.path())
    #expect(result.output.contains("\u{1b}[") == isColoured, "\(result)")
  }

  private static func plan(_ environment: String, _ option: String) throws -> Program.Result {
    let host = try RootedHost(playbook: RootedHost.banner())
    return try Program.shell(
      "\(environment) \"$HARDEN\" plan playbook.yaml --root root \(option)", in: host.folder.path())
  }

  @Test func `a failure is a document, too`() throws {
    let host = try RootedHost()
    let result = try host.harden("show", "7", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(result.status == 3)
    #expect((object?["exit"] as? [String: Any])?["reason"] as? String == "refused")
    #expect(object?["failure"] != nil && result.messages.hasPrefix("harden: "))
  }
}
