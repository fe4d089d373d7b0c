import HardenModel
import HardenSystem
import Testing

@testable import HardenResources

@Suite struct AccessListWantedTests {
  private let accounts = AccountNames(
    passwd: "root:x:0:0\nalice:x:1000:1000\n", group: "adm:x:4:\n")

  private func read(_ acl: String) throws -> (AccessListWanted?, [String]) {
    let entry = try Entry<File>("{path: /f, acl: \"\(acl)\"}")
    return (entry.resources.first?.attributes.acl, entry.messages)
  }

  private func apply(_ acl: String, _ mode: UInt16, fixed: Bool, to list: AccessList? = nil) throws
    -> String
  {
    let wanted = try #require(try read(acl).0)
    switch wanted.applied(to: list, mode: Mode(mode), isModeWanted: fixed, accounts) {
    case .failure(let refusal): return refusal.reason
    case .success(let result):
      let mask = result.list?.permissions(.mask).map(AccessList.text) ?? "-"
      return "\(result.list?.text(accounts) ?? "none") mask \(mask) mode \(result.mode)"
    }
  }

  @Test func `the mask is what the entries need, and the mode shows it`() throws {
    #expect(try apply("u:alice:rw", 0o640, fixed: false) == "u:alice:rw-,g::r-- mask rw- mode 0660")
    #expect(
      try apply("user:alice:r-x,g::---", 0o600, fixed: false)
        == "u:alice:r-x,g::--- mask r-x mode 0650")
  }

  @Test func `a mode of the playbook is the mask`() throws {
    #expect(try apply("u:alice:r", 0o640, fixed: true) == "u:alice:r--,g::r-- mask r-- mode 0640")
    #expect(
      try apply("u:alice:rw", 0o640, fixed: true)
        == "mode 0640 lets the ACL grant r-- at most, and it asks for rw-")
  }

  @Test func `none takes the list away and gives the group its own bits back`() throws {
    let wanted = try #require(try read("u:alice:rwx").0)
    let list = try wanted.applied(to: nil, mode: Mode(0o640), isModeWanted: false, accounts).get()
      .list
    #expect(try apply("none", 0o670, fixed: false, to: list) == "none mask - mode 0640")
    #expect(try apply("none", 0o660, fixed: true, to: list) == "none mask - mode 0660")
    #expect(try apply("none", 0o644, fixed: false) == "none mask - mode 0644")
  }

  @Test func `names must exist`() throws {
    #expect(try apply("u:bob:r", 0o640, fixed: false) == "there is no user 'bob'")
    #expect(try apply("g:alice:r", 0o640, fixed: false) == "there is no group 'alice'")
    #expect(try apply("u:1234:r", 0o640, fixed: false) == "u:#1234:r--,g::r-- mask r-- mode 0640")
  }

  @Test(arguments: [
    ("u:alice", "'u:alice' is no entry of an ACL"), ("u::rw", "'u::rw' is no entry of an ACL"),
    ("x:alice:r", "'x:alice:r' is no entry of an ACL"),
    ("u:alice:q", "'u:alice:q' is no entry of an ACL"),
    ("u:alice:", "'u:alice:' is no entry of an ACL"), ("o::r", "'o::r' is no entry of an ACL"),
    ("g::r", "an ACL without a named user or group says no more than a mode"),
    ("u:alice:r,u:alice:w", "the ACL names somebody twice"),
  ])
  func `mistakes`(acl: String, message: String) throws {
    #expect(try read(acl).1 == [message])
  }
}
