import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct FileFindingTests {
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.write("/etc/a.conf", "one\n\ttwo\n")
    root.write("/etc/b.conf", "secret\n", mode: 0o640)
    root.link("/etc/c.conf", to: "a.conf")
    root.makeDirectory("/etc/d.conf")
    return root
  }

  @Test func `many files by owner, group and mode, one with its content as well`() throws {
    let root = try root()
    #expect(
      try File.lines("/etc/*.conf", on: root) == [
        "path='/etc/a.conf' owner='root' group='root' mode='0644'",
        "path='/etc/b.conf' owner='root' group='root' mode='0640'",
      ])
    #expect(
      try File.lines("/etc/a.conf", on: root) == [
        "path='/etc/a.conf' owner='root' group='root' mode='0644' content='one\n\ttwo\n'"
      ])
  }

  @Test func `content that is hidden, long or no text is not asked for`() throws {
    let root = try root()
    root.write("/etc/long", String(repeating: "x\n", count: 2049))
    root.write("/etc/bytes", [0x61, 0xFF, 0x0A])
    root.write("/etc/escape", "\u{1B}[31m\n")
    for path in ["/etc/b.conf", "/etc/long", "/etc/bytes", "/etc/escape"] {
      let lines = try File.lines(path, on: root)
      #expect(lines.count == 1 && !lines[0].contains("content"), "\(lines)")
    }
  }
}
