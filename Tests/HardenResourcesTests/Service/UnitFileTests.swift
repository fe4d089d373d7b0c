import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct UnitFileTests {
  private func find(_ name: String, _ root: TemporaryRoot) throws -> UnitFile {
    try UnitFile(#require(UnitName(name)), Host(root: root.path))
  }

  @Test func `the first directory counts, and a mask hides what is behind it`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/lib/systemd/system/a.service", "[Service]\n")
    #expect(try find("a.service", root).path == "/usr/lib/systemd/system/a.service")
    root.write("/usr/local/lib/systemd/system/a.service", "[Service]\n")
    #expect(try find("a.service", root).path == "/usr/local/lib/systemd/system/a.service")
    root.link("/etc/systemd/system/a.service", to: "/dev/null")
    let masked = try find("a.service", root)
    #expect(masked.mask == "/etc/systemd/system/a.service")
    #expect(masked.path == "/usr/local/lib/systemd/system/a.service")
    root.write("/usr/lib/systemd/system/empty.service", "")
    #expect(try find("empty.service", root).mask == "/usr/lib/systemd/system/empty.service")
    #expect(try find("none.service", root).isMissing)
    root.write("/run/systemd/generator/srv.mount", "[Mount]\n")
    #expect(try find("srv.mount", root).maker == "generated")
  }

  @Test func `other names and instances`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/lib/systemd/system/a.service", "[Service]\n")
    root.write("/usr/lib/systemd/system/t@.service", "[Service]\n")
    root.link("/etc/systemd/system/b.service", to: "/usr/lib/systemd/system/a.service")
    root.link("/etc/systemd/system/linked.service", to: "/opt/linked.service")
    #expect(try find("b.service", root).other == "a.service")
    #expect(try find("linked.service", root).other == nil)
    #expect(try find("t@x.service", root).path == "/usr/lib/systemd/system/t@.service")
  }

  @Test func `drop-ins in order, with lines that go on`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/lib/systemd/system/a-b.service", "[Service]\nUser=x\n")
    root.write("/usr/lib/systemd/system/a-b.service.d/20.conf", "[Service]\nUser=y \\\n  z\n")
    root.write("/etc/systemd/system/a-b.service.d/10.conf", "[Service]\nUser=e\n[Unit]\nUser=n\n")
    root.write("/etc/systemd/system/a-.service.d/30.conf", "[Service]\nUser=all\n")
    root.link("/etc/systemd/system/a-b.service.d/40.conf", to: "/dev/null")
    let file = try find("a-b.service", root)
    let host = try Host(root: root.path)
    #expect(
      try file.assignments("Service", host).map(\.words) == [["x"], ["e"], ["y", "z"]])
    let all = try file.assignments("Service", all: true, host)
    #expect(all.last?.place.description == "/etc/systemd/system/a-.service.d/30.conf:2")
  }
}
