import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct PlannedHostAccountsTests {
  @Test func `a user that is planned owns what is planned after it`() throws {
    let root = try TemporaryRoot()
    let host = try HardenSystem.Host(root: root.path)
    let planned = try host.after(
      [
        .editAccount(
          EditAccount(
            Account(.user, "bob"), before: nil, after: AccountClaims(home: "/h", shell: "/s"))),
        .writeFile(
          WriteFile(
            path: "/srv", before: .absent,
            after: FileState(.directory, Attributes(owner: .name("bob"))))),
      ], contents: [:])
    #expect(try planned.accounts().user(.name("bob")) == 1001)
    #expect(try planned.inode("/srv")?.owner == 1001)
    #expect(try planned.accountBook().user("bob")?.home == "/h")
    #expect(root.text("/etc/passwd")?.contains("bob") == false)
    #expect(try planned.actual().accountBook().user("bob") == nil)
  }

  @Test func `rows and backups that are planned to come back are seen`() throws {
    let root = try TemporaryRoot()
    let host = try HardenSystem.Host(root: root.path)
    let old = Array("old\n".utf8)
    let rows = try host.readAccountBook().unit(.passwd, "alice").rows
    let planned = try host.after(
      [
        .editRows(
          EditRows(
            Account(.user, "alice"), edits: [RowEdit(.passwd, "alice", before: rows, after: [])],
            files: [
              "/etc/passwd-": FileState(.file(Digest(of: old)), Attributes(mode: Mode(0o600)))
            ]))
      ], contents: [Digest(of: old): old])
    #expect(try planned.accountBook().user("alice") == nil)
    #expect(try planned.capture("/etc/passwd-").content == old)
  }
}
