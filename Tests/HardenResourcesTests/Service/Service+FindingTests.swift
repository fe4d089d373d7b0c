import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ServiceFindingTests {
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    let folder = "/usr/lib/systemd/system"
    let install = "[Service]\nExecStart=/x\n[Install]\nWantedBy=multi-user.target\n"
    for name in ["web.service", "idle.service", "tidy.timer", "tty@.service"] {
      root.write("\(folder)/\(name)", install)
    }
    root.write("\(folder)/static.service", "[Service]\nExecStart=/x\n")
    root.link("\(folder)/www.service", to: "web.service")
    root.write("/run/systemd/generator/made.service", "[Service]\nExecStart=/x\n")
    root.link("/etc/systemd/system/gone.service", to: "/dev/null")
    for (name, unit) in [("web", "web"), ("tty@a", "tty@")] {
      root.link(
        "/etc/systemd/system/multi-user.target.wants/\(name).service",
        to: "\(folder)/\(unit).service")
    }
    return root
  }

  @Test func `each unit by what the next boot makes of it`() throws {
    let root = try root()
    let found = try Service.found(on: Host(root: root.path), matching: "*")
    #expect(
      found.resources.map(\.line) == [
        "unit='gone.service' masked=true", "unit='idle.service' enabled=false",
        "unit='tty@a.service' enabled=true",
        "unit='web.service' enabled=true",
      ])
    #expect(
      found.remarks == [
        "left out: 1 unit made or masked for this boot only",
        "left out: 2 units that cannot be enabled, so that other units start them",
      ])
  }

  @Test func `a pattern without a type is about services`() throws {
    let root = try root()
    #expect(try Service.lines("tidy", on: root) == [])
    #expect(try Service.lines("t*.timer", on: root) == ["unit='tidy.timer' enabled=false"])
    #expect(try Service.lines("{web,tidy}.*", on: root).count == 2)
    #expect(try Service.lines("WEB", on: root) == [])
  }

  @Test(arguments: ["a/b", "a b", "\u{1B}"])
  func `patterns that no unit can match`(pattern: String) {
    #expect(Service.mistake(in: pattern) != nil && Service.mistake(in: "ssh*.service") == nil)
  }
}
