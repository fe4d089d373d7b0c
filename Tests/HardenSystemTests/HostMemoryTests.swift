import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct HostMemoryTests {
  private typealias Host = HardenSystem.Host
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/one", "1")
    root.write("/etc/d/inner", "in")
    root.link("/etc/way", to: "d")
  }

  private func write(_ path: String, _ after: FileState) -> Step {
    .writeFile(WriteFile(path: path, before: .absent, after: after))
  }

  private func file(_ text: String) -> FileState {
    FileState(.file(Digest(of: Array(text.utf8))))
  }

  /// How often `work` is done for a host and then for the same with `steps` planned over it.
  private func count(
    _ steps: [Step], writing texts: [String] = [],
    _ work: @escaping (borrowing Host) throws -> Void
  ) throws -> Int {
    var count = 0
    let contents = texts.map { (Digest(of: Array($0.utf8)), Array($0.utf8)) }
    let host = try Host(root: root.path)
    let look = { (host: borrowing Host) throws(SystemError) in
      // As one value stands on another, the outer one stands on the same files.
      _ = try host.once("outer") { host throws(SystemError) in
        try host.once("inner") { host throws(SystemError) in
          count += 1
          do { try work(host) } catch { throw SystemError(refusing: "work", "\(error)") }
          return count
        }
      }
    }
    try look(host)
    try look(host)
    try look(host.after(steps, contents: Dictionary(uniqueKeysWithValues: contents)))
    return count
  }

  @Test func `what no step touches is worked out once`() throws {
    let read = { (host: borrowing Host) throws in _ = try host.text("/etc/one") }
    #expect(try count([], read) == 1)
    #expect(try count([write("/etc/two", file("2"))], writing: ["2"], read) == 1)
    #expect(try count([write("/etc/d", .absent)], read) == 1)
  }

  @Test func `what a step touches is worked out again`() throws {
    let touch = write("/etc/one", file("new"))
    #expect(try count([touch], writing: ["new"]) { _ = try $0.text("/etc/one") } == 2)
    #expect(try count([touch], writing: ["new"]) { _ = try $0.inode("/etc/one") } == 2)
    #expect(try count([touch], writing: ["new"]) { _ = try $0.xattrs("/etc/one") } == 2)
    #expect(try count([touch], writing: ["new"]) { _ = try $0.entries("/etc") } == 2)
    let below = write("/etc/d", .absent)
    #expect(try count([below]) { _ = try $0.text("/etc/way/inner") } == 2)
    #expect(try count([below]) { _ = try $0.entries("/etc/way") } == 2)
    #expect(try count([below]) { _ = try $0.has("inner", in: "/etc/d") } == 2)
    let link = write("/etc/new", FileState(.link("one")))
    #expect(try count([link]) { _ = try $0.linkTarget("/etc/new") } == 2)
    let key = SysctlKey(path: "kernel/panic")
    let set = Step.setSysctl(SetSysctl(key, before: "0", after: "1"))
    #expect(try count([set]) { _ = try $0.sysctl(key) } == 2)
    #expect(try count([set]) { _ = try $0.sysctl(SysctlKey(path: "kernel/panic_on_oops")) } == 1)
  }

  @Test func `what is read of a host that is planned on the way counts, too`() throws {
    let other = write("/etc/d", .absent)
    let read = { (host: borrowing Host) throws in
      _ = try host.after([other], contents: [:]).text("/etc/one")
    }
    #expect(try count([write("/etc/one", file("new"))], writing: ["new"], read) == 2)
    #expect(try count([write("/etc/two", file("2"))], writing: ["2"], read) == 1)
  }

  @Test func `what failed is worked out again by whoever stands on it`() throws {
    root.write("/etc/two", "2")
    let host = try Host(root: root.path)
    var count = 0
    let look = { (host: borrowing Host) throws(SystemError) in
      try host.once("outer") { host throws(SystemError) in
        count += 1
        let inner = try? host.once("inner") { host throws(SystemError) -> String in
          guard try host.text("/etc/one") == "new" else {
            throw SystemError(refusing: "/etc/one", "old")
          }
          return "new"
        }
        return inner ?? "none"
      }
    }
    #expect(try look(host) == "none")
    let bytes = Array("new".utf8)
    let after = try host.after(
      [write("/etc/one", file("new"))], contents: [Digest(of: bytes): bytes])
    #expect(try look(after) == "new")
    #expect(count == 2)
  }

  @Test func `each step is laid over what the steps before it made`() throws {
    let bytes = Array("user:x:77:\n".utf8)
    root.write("/etc/group", "root:x:0:\n")
    let host = try Host(root: root.path)
    // Worked out before, so a step that stood on it would take the old one.
    #expect(try host.accounts().group(.name("user")) == nil)
    let owned = FileState(.file(Digest(of: bytes)), Attributes(group: .name("user")))
    let after = try host.after(
      [write("/etc/group", file("user:x:77:\n")), write("/etc/two", owned)],
      contents: [Digest(of: bytes): bytes])
    #expect(try after.inode("/etc/two")?.group == 77)
    #expect(try after.actual().accounts().group(.name("user")) == nil)
  }

  @Test func `a snapshot reads everything once, every other host anew`() throws {
    let host = try Host(root: root.path)
    let snapshot = try host.snapshot()
    let words = { (host: borrowing Host) throws(SystemError) in
      [
        try host.text("/etc/one") ?? "none", "\(try host.entries("/etc/d").count)",
        try host.inode("/etc/d/new") == nil ? "not there" : "there",
        try host.inodeFollowing("/etc/way/inner").map { "\($0.size)" } ?? "none",
      ]
    }
    let old = try words(snapshot)
    #expect(try words(host) == old)
    root.write("/etc/one", "2")
    root.write("/etc/d/new", "")
    root.write("/etc/d/inner", "longer")
    #expect(try words(snapshot) == old)
    #expect(try words(snapshot.copy()) == old)
    #expect(try words(snapshot.after([write("/etc/d", .absent)], contents: [:]))[0] == "1")
    #expect(try words(host) == ["2", "2", "there", "6"])
    #expect(try words(snapshot.fresh()) == ["2", "2", "there", "6"])
  }

  @Test func `a snapshot keeps to the limits of whoever reads`() throws {
    let snapshot = try Host(root: root.path).snapshot()
    root.write("/etc/one", "four")
    #expect(try snapshot.contents("/etc/one")?.count == 4)
    #expect(throws: SystemError.self) { try snapshot.contents("/etc/one", limit: 3) }
    #expect(throws: SystemError.self) { try snapshot.contents("/etc/way") }
    #expect(throws: SystemError.self) { try snapshot.contents("/etc/d") }
  }
}
