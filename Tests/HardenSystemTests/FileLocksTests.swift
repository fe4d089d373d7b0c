import HardenSystem
import HardenTestSupport
import Testing

@Suite struct FileLocksTests {
  @Test(arguments: [("lockf", FileLock.record), ("flock", .whole)])
  func `who holds a lock is named`(_ call: String, _ lock: FileLock) throws {
    let root = try TemporaryRoot()
    root.write("/lock", "")
    root.write("/free", "")
    let script = """
      import fcntl, sys, time
      f = open('\(root.outside("/lock"))', 'w'); fcntl.\(call)(f, fcntl.LOCK_EX)
      open('\(root.outside("/held"))', 'w').close(); time.sleep(600)
      """
    root.write("/hold.py", script)
    let pid = try Shell.run(
      "python3 \(root.outside("/hold.py")) >/dev/null 2>&1 & echo $!; for i in $(seq 100); do [ -e \(root.outside("/held")) ] && break; sleep 0.05; done"
    ).filter(\.isNumber)
    defer { _ = try? Shell.run("kill -9 \(pid)") }
    let host = try Host()
    #expect(host.lockHolder(of: root.outside("/lock"), lock) == Int(pid))
    #expect(host.lockHolder(of: root.outside("/free"), lock) == nil)
    #expect(host.lockHolder(of: root.outside("/none"), lock) == nil)
    #expect(host.process(Int(pid) ?? 0).name.hasPrefix("python3"))
  }

  @Test func `a lock of an open file is held, though by no process`() throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"))
    let lock = try state.lock()
    #expect(try Host().lockHolder(of: root.outside("/state/lock"), .record) == -1)
    _ = consume lock
    #expect(try Host().lockHolder(of: root.outside("/state/lock"), .record) == nil)
  }

  @Test func `the processes that led here end with the first one`() throws {
    let found = try Host().ancestors()
    #expect(found.last?.pid == 1)
    #expect(Set(found.map(\.pid)).count == found.count)
  }
}
