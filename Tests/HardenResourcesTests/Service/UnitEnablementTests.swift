import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

/// Compared with systemctl itself, which works on a directory as on a host.
@Suite struct UnitEnablementTests {
  private static let names = [
    "a.service", "b.service", "c.socket", "d.timer", "e@.service", "f@.service", "g.path",
  ]

  /// Some units whose `[Install]` sections name targets, other names and each other.
  private func write(_ root: TemporaryRoot, _ random: inout SeededRandom) {
    func pick(_ words: [String], _ most: Int) -> String {
      (0..<Int.random(in: 1...most, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }.joined(separator: " ")
    }
    root.makeDirectory("/etc/systemd/system")
    for name in Self.names {
      let type = name.split(separator: ".").last ?? ""
      let isTemplate = name.contains("@")
      var text = "[Unit]\nDescription=\(name)\n"
      if type == "service" { text += "[Service]\nExecStart=/bin/true\n" }
      if type == "socket" { text += "[Socket]\nListenStream=/run/\(name)\n" }
      if type == "timer" { text += "[Timer]\nOnBootSec=1d\n" }
      if type == "path" { text += "[Path]\nPathExists=/never\n" }
      if Int.random(in: 0..<8, using: &random) > 0 {
        text += "[Install]\n"
        if Bool.random(using: &random) {
          text += "WantedBy=\(pick(["multi-user.target", "x.target", "%p-w.target"], 3))\n"
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
          text += "RequiredBy=\(pick(["basic.target", "y.service"], 2))\n"
        }
        if !isTemplate, Int.random(in: 0..<3, using: &random) == 0 {
          text += "Alias=\(pick(["other-%p", "third"].map { "\($0).\(type)" }, 2))\n"
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          text += "Also=\(pick(Self.names.filter { !$0.contains("@") } + ["gone.service"], 2))\n"
        }
        if isTemplate, name.hasPrefix("e") || Bool.random(using: &random) {
          text += "DefaultInstance=one\n"
        }
      }
      let folder = ["/usr/lib", "/usr/local/lib", "/etc"].randomElement(using: &random) ?? "/etc"
      root.write("\(folder)/systemd/system/\(name)", text)
      if Int.random(in: 0..<5, using: &random) == 0 {
        let line = ["WantedBy=z.target", "WantedBy=\nWantedBy=x.target"]
          .randomElement(using: &random)
        root.write("/etc/systemd/system/\(name).d/x.conf", "[Install]\n\(line ?? "")\n")
      }
    }
  }

  /// Every link below /etc/systemd/system with what it says.
  private func links(_ root: TemporaryRoot) throws -> [String] {
    try Shell.run("cd \(root.path)/etc/systemd/system && find . -type l -printf '%p %l\\n'")
      .split(separator: "\n").map(String.init).sorted()
  }

  private func perform(_ steps: [WriteFile], _ root: TemporaryRoot) throws {
    for step in steps {
      switch step.after.form {
      case .link(let target): root.link(step.path, to: target)
      case .directory: root.makeDirectory(step.path)
      default: _ = try Shell.run("rm \(root.outside(step.path))")
      }
    }
  }

  @Test(arguments: 0..<40)
  func `the same links as systemctl makes and removes`(round: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed)
    var (ours, theirs) = (try TemporaryRoot(), try TemporaryRoot())
    write(ours, &random)
    random = SeededRandom(seed)
    write(theirs, &random)
    let asked = ["a.service", "b.service", "c.socket", "d.timer", "e@.service", "e@two.service"]
    for verb in ["enable", "disable"] {
      for name in asked.shuffled(using: &random) {
        let unit = try #require(UnitName(name))
        let before = try UnitEnablement(unit, Host(root: ours.path))
        let answer = try Shell.run(
          "systemctl --root=\(theirs.path) is-enabled \(name) 2>&1 || true")
        let said = answer.split(separator: "\n").last.map(String.init) ?? ""
        #expect(before.text == said, "\(name) before \(verb), seed \(seed)")
        // An instance has its own links; what enabling one with other names does is systemctl's.
        guard !(name.contains("two") && !before.install.also.isEmpty) else { continue }
        let host = try Host(root: ours.path)
        let steps: [WriteFile]
        if verb == "disable" {
          steps = try before.disabling(host)
        } else if case .steps(let made) = try before.enabling(host) {
          steps = made
        } else {
          let status = try Shell.run(
            "systemctl --root=\(theirs.path) enable \(name) >/dev/null 2>&1; echo $?")
          #expect(status != "0\n", "\(name) was refused, seed \(seed)")
          (ours, theirs) = (try TemporaryRoot(), try TemporaryRoot())
          return
        }
        try perform(steps, ours)
        _ = try Shell.run("systemctl --root=\(theirs.path) \(verb) \(name) >/dev/null 2>&1 || true")
        #expect(try links(ours) == links(theirs), "\(verb) \(name), seed \(seed)")
      }
    }
  }

  @Test func `masking, units of packages, and what only runs`() throws {
    let root = try TemporaryRoot()
    let state = { (name: String) in
      let unit = try #require(UnitName(name))
      let host = try Host(root: root.path)
      let found = try UnitEnablement(unit, host)
      return "\(found.text) \(found.place ?? "-") \(try found.starter(host) ?? "-")"
    }
    root.write("/usr/lib/systemd/system/s.service", "[Service]\nExecStart=/x\n")
    #expect(try state("s.service") == "static /usr/lib/systemd/system/s.service -")
    root.link("/usr/lib/systemd/system/m.target.wants/s.service", to: "../s.service")
    #expect(
      try state("s.service").hasSuffix("/usr/lib/systemd/system/m.target.wants/s.service"))
    root.link(
      "/run/systemd/system/m.target.wants/s.service", to: "/usr/lib/systemd/system/s.service")
    #expect(try state("s.service").hasPrefix("enabled-runtime "))
    root.link("/run/systemd/system/s.service", to: "/dev/null")
    #expect(
      try state("s.service").hasPrefix("enabled-runtime "), "the next boot knows no such mask")
    root.link("/etc/systemd/system/s.service", to: "/dev/null")
    #expect(try state("s.service").hasPrefix("masked "))
    root.write("/run/systemd/generator/srv.mount", "[Mount]\n")
    #expect(try state("srv.mount").hasPrefix("generated "))
    root.write("/run/systemd/transient/t.service", "[Service]\n")
    #expect(try state("t.service").hasPrefix("transient "))
  }
}
