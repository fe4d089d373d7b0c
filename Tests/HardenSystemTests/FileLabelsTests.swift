import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct FileLabelsTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/selinux/config", "SELINUX=permissive\nSELINUXTYPE = x\nSELINUXTYPE=test\n")
    root.write(
      "/etc/selinux/test/contexts/files/file_contexts",
      "/etc(/.*)?    u:r:etc_t:s0\n/etc/d    -d    u:r:dir_t:s0\n/etc/d    --    u:r:file_t:s0\n/proc/.*    <<none>>\n"
    )
  }

  @Test func `the policy's rules are read with what they are for`() throws {
    let labels = try #require(try Host(root: root.path).fileLabels())
    #expect(labels.label(of: "/etc/x", mode: 0o100000) == "u:r:etc_t:s0")
    #expect(labels.label(of: "/etc/d", mode: 0o100000) == "u:r:file_t:s0")
    #expect(labels.label(of: "/etc/d", mode: 0o040000) == "u:r:dir_t:s0")
    #expect(labels.label(of: "/proc/x", mode: 0o100000) == nil)
    #expect(labels.label(of: "/srv", mode: 0o040000) == nil)
  }

  @Test func `local rules come after those of the policy`() throws {
    root.write(
      "/etc/selinux/test/contexts/files/file_contexts.local", "/etc/x    --    u:r:own_t:s0\n")
    let labels = try #require(try Host(root: root.path).fileLabels())
    #expect(labels.label(of: "/etc/x", mode: 0o100000) == "u:r:own_t:s0")
  }

  @Test func `a host without a policy has no labels`() throws {
    root.write("/etc/selinux/config", "SELINUX=disabled\nSELINUXTYPE=test\n")
    #expect(try Host(root: root.path).policyName() == nil)
    #expect(try Host(root: root.path).fileLabels() == nil)
    #expect(FileLabels(contexts: root.outside("/none")) == nil)
  }

  @Test func `a new file gets the label of its place, a replaced one keeps its own`() throws {
    let state = try StateDirectory.create(root.outside("/state"))
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let host = try Host(root: root.path).writable(under: lock, recording: try state.create("s"))
    let file = FileState(.file(Digest(of: [])), Attributes(mode: Mode(0o600)))
    func label(_ name: String) throws -> String {
      try Shell.run(
        "getfattr --only-values -n security.selinux \(root.outside(name)) 2>/dev/null | tr -d '\\000'; true"
      )
    }
    try host.put(file, content: [], at: "/etc/x", over: .absent, temporary: ".t")
    #expect(try label("/etc/x") == "u:r:etc_t:s0")
    try host.put(
      FileState(.directory), content: [], at: "/etc/d", over: .absent, temporary: ".t")
    #expect(try label("/etc/d") == "u:r:dir_t:s0")
    let own = FileState(
      .file(Digest(of: [])),
      Attributes(mode: Mode(0o600), xattrs: ["security.selinux": Bytes(Array("u:r:own_t:s0".utf8))])
    )
    try host.put(own, content: [], at: "/etc/x", over: .file(.zero), temporary: ".t")
    #expect(try label("/etc/x") == "u:r:own_t:s0")
    try host.put(own, content: [], at: "/etc/y", over: .absent, temporary: ".t")
    #expect(try label("/etc/y") == "u:r:own_t:s0")
  }
}
