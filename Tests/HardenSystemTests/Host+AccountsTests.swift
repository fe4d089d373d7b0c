import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct HostAccountsTests {
  @Test func `files that are missing are no tables`() throws {
    let root = try TemporaryRoot()
    let host = try HardenSystem.Host(root: root.path)
    let book = try host.accountBook()
    #expect(Set(book.tables.keys) == [.passwd, .group])
    #expect(book.users.map(\.name) == ["root", "daemon", "alice"])
    #expect(try host.accountPolicy().range("U", isSystem: false).lowerBound == 1000)
    root.write("/etc/login.defs", "UID_MIN 500\n")
    #expect(try host.fresh().accountPolicy().range("U", isSystem: false).lowerBound == 500)
  }

  @Test func `files are read once for a plan`() throws {
    let root = try TemporaryRoot()
    let host = try HardenSystem.Host(root: root.path)
    _ = try host.accountBook()
    root.write("/etc/passwd", "")
    #expect(try host.accountBook().users.count == 3)
    #expect(try host.readAccountBook().users.isEmpty)
  }
}
