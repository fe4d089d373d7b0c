import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct DurableFileTests {
  @Test func `what is cut short by a full disk is reported, never taken for written`() throws {
    let answer = try Namespace.run { () throws -> Errno? in
      try Shell.run("mount -t tmpfs -o size=64k,mode=700 none /mnt")
      let state = try StateDirectory.create("/mnt/harden")
      let file = try state.create("runs/long")
      try file.append(Array("one\n".utf8))
      do {
        // Part of it fits: the kernel takes that part and says so.
        try file.append([UInt8](repeating: 65, count: 128 << 10))
        return nil
      } catch let error as SystemError {
        return error.errno
      }
    }
    #expect(answer == .noSpace)
  }

  @Test func `what is appended goes to the end`() throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"))
    let file = try state.create("runs/one")
    try file.append(Array("one\n".utf8))
    try file.append([])
    try file.append(Array("two\n".utf8))
    try file.sync()
    #expect(try state.contents("runs/one") == Array("one\ntwo\n".utf8))
    // A second of the same name would mix two records.
    #expect(throws: SystemError.self) { _ = try state.create("runs/one") }
  }
}
