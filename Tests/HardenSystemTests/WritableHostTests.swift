import Glibc
import HardenModel
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct WritableHostTests {
  /// A root whose writes go through `calls`.
  private struct Stage: ~Copyable {
    let root: TemporaryRoot
    let host: WritableHost

    init(_ calls: Calls = .kernel) throws {
      let root = try TemporaryRoot()
      self.init(root: root, host: try Self.host(root, calls))
    }

    private init(root: TemporaryRoot, host: consuming WritableHost) {
      self.root = root
      self.host = host
    }

    private static func host(_ root: TemporaryRoot, _ calls: Calls) throws -> WritableHost {
      let state = try StateDirectory.create(root.outside("/state"), calls: calls)
      guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
      let file = try state.create("scratch")
      return try Host(root: root.path).writable(under: lock, recording: file)
    }
  }

  private func file(_ text: String, _ attributes: Attributes = Attributes()) -> FileState {
    FileState(.file(Digest(of: Array(text.utf8))), attributes, modified: Timestamp(seconds: 7))
  }

  @Test func `a file is put with all that it carries, and no other name is left`() throws {
    let stage = try Stage()
    let attributes = Attributes(
      owner: .name("alice"), group: .id(42), mode: Mode(0o4750),
      xattrs: ["user.note": Bytes([65])])
    try stage.host.put(
      file("text", attributes), content: Array("text".utf8), at: "/etc/f", over: .absent,
      temporary: ".t")
    let path = stage.root.outside("/etc/f")
    #expect(stage.root.text("/etc/f") == "text")
    #expect(try Shell.run("stat -c '%u %g %a %Y' \(path)") == "1000 42 4750 7\n")
    #expect(try Shell.run("getfattr --only-values -n user.note \(path) 2>/dev/null") == "A")
    #expect(
      try Shell.run("ls -A \(stage.root.outside("/etc"))")
        == "f\ngroup\nmachine-id\nos-release\npasswd\n")
  }

  @Test func `what appeared in the meantime is never replaced by something new`() throws {
    let stage = try Stage()
    stage.root.write("/etc/f", "theirs")
    #expect(throws: SystemError.self) {
      try stage.host.put(
        file("ours"), content: Array("ours".utf8), at: "/etc/f", over: .absent, temporary: ".t")
    }
    #expect(stage.root.text("/etc/f") == "theirs" && stage.root.text("/etc/.t") == nil)
    try stage.host.put(
      file("ours"), content: Array("ours".utf8), at: "/etc/f", over: .file(.zero), temporary: ".t")
    #expect(stage.root.text("/etc/f") == "ours")
  }

  @Test(arguments: [
    "openat", "write", "fchown", "fsetxattr", "fchmod", "futimens", "fsync", "renameat2",
  ])
  func `a call that fails leaves neither half a file nor a temporary one`(call: String) throws {
    let root = try failing(call) { host in
      try host.put(
        file(
          "new",
          Attributes(owner: .id(1), mode: Mode(0o600), xattrs: ["user.a": Bytes([1])])),
        content: Array("new".utf8), at: "/etc/passwd", over: .file(.zero), temporary: ".t")
    }
    #expect(root.text("/etc/passwd")?.hasPrefix("root:") == true)
    #expect(root.text("/etc/.t") == nil)
  }

  /// The root after `body` was stopped by the failure of `call`.
  private func failing(_ call: String, _ body: (borrowing WritableHost) throws -> Void) throws
    -> TemporaryRoot
  {
    final class Switch: @unchecked Sendable { var isOn = false }
    let armed = Switch()
    let stage = try Stage(
      Calls { armed.isOn && $0.call == call && !$0.isAfter ? .ioError : nil })
    armed.isOn = true
    #expect(throws: SystemError.self) { try body(stage.host) }
    return stage.root
  }

  @Test func `directories and links come and go`() throws {
    let stage = try Stage()
    try stage.host.put(
      FileState(.directory, Attributes(mode: Mode(0o711))), content: [], at: "/etc/d",
      over: .absent, temporary: ".t")
    #expect(stage.root.mode("/etc/d") == 0o711)
    try stage.host.put(
      FileState(.link("d"), Attributes(owner: .id(1000))), content: [], at: "/etc/l", over: .absent,
      temporary: ".t")
    #expect(
      try Shell.run(
        "readlink \(stage.root.outside("/etc/l")); stat -c %u \(stage.root.outside("/etc/l"))")
        == "d\n1000\n")
    for (path, form) in [("/etc/l", FileState.Form.link("d")), ("/etc/d", .directory)] {
      try stage.host.put(.absent, content: [], at: path, over: form, temporary: ".t")
      #expect(stage.root.mode(path) == nil)
    }
    stage.root.write("/etc/full/f", "")
    #expect(throws: SystemError.self) {
      try stage.host.put(
        .absent, content: [], at: "/etc/full", over: .directory, temporary: ".t")
    }
  }

  @Test func `a set-id bit outlives the new owner, and a flag the new mode`() throws {
    let stage = try Stage()
    stage.root.write("/etc/f", "x", mode: 0o4755)
    try stage.host.setAttributes(
      Attributes(owner: .id(1000), mode: Mode(0o4755), flags: 0x40), at: "/etc/f",
      isDirectory: false)
    let path = stage.root.outside("/etc/f")
    #expect(
      try Shell.run("stat -c '%u %a' \(path); lsattr -d \(path) | cut -c1-10")
        == "1000 4755\n------d---\n")
    #expect(throws: SystemError.self) {
      try stage.host.setAttributes(Attributes(mode: Mode(0)), at: "/etc/f", isDirectory: true)
    }
    #expect(throws: SystemError.self) {
      try stage.host.setAttributes(
        Attributes(owner: .name("nobody-knows")), at: "/etc/f", isDirectory: false)
    }
  }

  @Test func `what an interrupted write left behind is removed, and only that`() throws {
    let stage = try Stage()
    stage.root.write("/etc/.t", "left")
    try stage.host.removeTemporary(".t", besides: "/etc/f")
    #expect(stage.root.text("/etc/.t") == nil && stage.root.text("/etc/passwd") != nil)
    try stage.host.removeTemporary(".t", besides: "/etc/f")
    try stage.host.removeTemporary(".t", besides: "/none/f")
  }
}
