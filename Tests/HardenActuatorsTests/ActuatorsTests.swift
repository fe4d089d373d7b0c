import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct ActuatorsTests {
  @Test func `what was read before a step is not taken for what is there after it`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/passwd", "root:x:0:0::/:/bin/sh\n")
    root.write("/etc/group", "root:x:0:\n")
    let state = try StateDirectory.create(root.outside("/state"))
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let host = try Host(root: root.path).writable(under: lock, recording: try state.create("s"))
    #expect(try host.host.accounts().user(7) == .id(7))
    let bytes = Array("root:x:0:0::/:/bin/sh\nseven:x:7:7::/:/bin/sh\n".utf8)
    let digest = Digest(of: bytes)
    let before = try host.host.capture("/etc/passwd").state
    try Actuators.perform(
      .writeFile(WriteFile(path: "/etc/passwd", before: before, after: FileState(.file(digest)))),
      on: host, content: { _ in bytes }, temporary: ".t")
    #expect(try host.host.accounts().user(7) == .name("seven"))
  }
}
