import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct WritableHostAccountsTests {
  private func edit(
    _ root: TemporaryRoot, _ log: @escaping @Sendable (Calls.Point) -> Errno? = { _ in nil },
    _ change: (inout AccountBook) throws(SystemError) -> Void
  ) throws {
    let state = try StateDirectory.create(
      root.outside("/var/lib/harden"), calls: Calls(intercept: log))
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let journal = try state.create("journal")
    let host = try HardenSystem.Host(root: root.path).writable(under: lock, recording: journal)
    try host.editAccounts(temporary: ".new~", content: { _ in [] }, change)
  }

  private func add(_ name: String, to book: inout AccountBook) {
    for file in [AccountFile.passwd, .group] {
      book.tables[file]?.replace(name, with: [[Bytes(name), Bytes("x"), Bytes("7")]], behind: nil)
    }
  }

  @Test func `only what changed is written, passwd last when rows come`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/shadow", "root:*:1::::::\n", mode: 0o640)
    let seen = Seen()
    try edit(
      root,
      { point in
        if point.call == "renameat2", !point.isAfter { seen.add(point.subject) }
        return nil
      }
    ) { add("x", to: &$0) }
    #expect(seen.subjects.suffix(2) == ["/etc/group", "/etc/passwd"])
    #expect(root.text("/etc/passwd")?.hasSuffix("\nx:x:7\n") == true)
    #expect(root.mode("/etc/shadow") == 0o640)
  }

  @Test func `passwd goes first when rows go`() throws {
    let root = try TemporaryRoot()
    let seen = Seen()
    try edit(
      root,
      { point in
        if point.call == "renameat2", !point.isAfter { seen.add(point.subject) }
        return nil
      }
    ) { book in
      for file in [AccountFile.passwd, .group] {
        book.tables[file]?.replace("alice", with: [], behind: nil)
      }
    }
    #expect(seen.subjects.suffix(2) == ["/etc/passwd", "/etc/group"])
  }

  @Test func `an image without a lock file gets none, and one that has it is locked`() throws {
    let root = try TemporaryRoot()
    try edit(root) { add("x", to: &$0) }
    #expect(root.text("/etc/.pwd.lock") == nil)
    root.write("/etc/.pwd.lock", "", mode: 0o600)
    // Somebody else holds it for a moment, as lckpwdf does.
    let holder = root.outside("/etc/.pwd.lock")
    try Shell.run(
      """
      perl -e 'use Fcntl; pipe(my $r, my $w); if (fork()) { close $w; <$r>; exit 0 }
      open(my $f, "+<", $ARGV[0]); my $l = pack("ssx4qqix4", F_WRLCK, 0, 0, 0, 0);
      fcntl($f, F_SETLKW, $l) or exit 1; print $w "x\n"; close $w; sleep 1' \(holder) >/dev/null 2>&1
      """)
    let begin = ContinuousClock.now
    try edit2(root)
    #expect(ContinuousClock.now - begin > .milliseconds(100))
    #expect(root.text("/etc/passwd")?.contains("y:x:7") == true)
  }

  private func edit2(_ root: TemporaryRoot) throws {
    try Shell.run("rm -rf \(root.outside("/var"))")
    try edit(root) { add("y", to: &$0) }
  }

  @Test func `a failing change writes nothing`() throws {
    let root = try TemporaryRoot()
    let before = root.text("/etc/passwd")
    #expect(throws: SystemError.self) {
      try edit(root) { book throws(SystemError) in
        add("x", to: &book)
        throw SystemError(refusing: "x", "no")
      }
    }
    #expect(root.text("/etc/passwd") == before)
  }

  private final class Seen: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [String] = []
    func add(_ subject: String) { lock.withLock { all.append(subject) } }
    var subjects: [String] { lock.withLock { all } }
  }
}
