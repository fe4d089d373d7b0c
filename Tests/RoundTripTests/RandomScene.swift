import Foundation
import HardenTestSupport

/// A generated tree and a generated playbook for it; equal seeds give equal scenes.
struct RandomScene {
  let root: TemporaryRoot
  let playbook: String
  private var random: SeededRandom
  private let names = (1...9).map { "/srv/n\($0)" }
  private let keys = [
    "net.ipv4.ip_forward", "net.ipv4.conf.all.accept_redirects", "kernel.sysrq", "fs.suid_dumpable",
    "net.ipv4.conf.default.rp_filter", "net.ipv4.ip_local_port_range",
  ]

  init(seed: UInt64) throws {
    random = SeededRandom(seed)
    root = try TemporaryRoot()
    playbook = root.path + ".yaml"
    root.makeDirectory("/srv")
    try makeTree()
    try makePlaybook().write(toFile: playbook, atomically: true, encoding: .utf8)
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  private mutating func mode() -> String {
    "0" + (0..<3).map { _ in "\(Int.random(in: 0...7, using: &random))" }.joined()
  }

  // MARK: The tree

  private mutating func makeTree() throws {
    var script = ["cd \(root.path)"]
    for name in names where chance(75) {
      let path = "." + name
      switch Int.random(in: 0..<10, using: &random) {
      case 0...4:
        root.write(name, text())
        script.append(decoration(of: path))
      case 5, 6:
        root.makeDirectory(name)
        for child in ["a", "b"] where chance(60) { root.write("\(name)/\(child)", text()) }
        if chance(40) { root.write("\(name)/deep/c", text()) }
        if chance(20) { script.append("ln -s /etc/passwd \(path)/link") }
        script.append(decoration(of: path))
      case 7: script.append("ln -s \(pick(["n1", "/etc/passwd", "nowhere"])) \(path)")
      case 8: script.append("echo x > \(path); ln \(path) \(path).other")
      default: script.append("mkfifo \(path)")
      }
    }
    for directory in ["etc", "run", "usr/lib"] where chance(70) {
      for file in ["10-a.conf", "99-zz.conf", "99-zz-harden.conf"] where chance(35) {
        root.write("/\(directory)/sysctl.d/\(file)", sysctlText())
      }
    }
    if chance(40) {
      root.write("/etc/sysctl.conf", sysctlText())
      if chance(50) {
        script.append("mkdir -p etc/sysctl.d; ln -sf ../sysctl.conf etc/sysctl.d/99-sysctl.conf")
      }
    }
    if chance(30) {
      root.write("/etc/ufw/ufw.conf", "ENABLED=yes\n")
      root.write("/etc/ufw/sysctl.conf", "net/ipv4/ip_forward=1\n")
    }
    script.append(
      "find srv etc -exec touch -h -d @\(1_500_000_000 + Int.random(in: 0..<99999, using: &random)).25 {} +"
    )
    script.append("true")
    try Shell.run(script.joined(separator: "\n"))
  }

  private mutating func decoration(of path: String) -> String {
    var lines = [
      "chown \(pick([0, 1, 1000, 4321])):\(pick([0, 42, 1000])) \(path)",
      "chmod \(pick(["", "", "4", "2"]))\(mode().dropFirst()) \(path)",
    ]
    if chance(30) { lines.append("setfattr -n trusted.note -v \(pick(["one", "two"])) \(path)") }
    if chance(30) { lines.append("setfacl -m u:1000:\(pick(["r", "rw", "rwx"])) \(path)") }
    if chance(20) { lines.append("chattr +d \(path)") }
    return lines.joined(separator: "; ")
  }

  private mutating func text() -> String {
    (0..<Int.random(in: 0..<4, using: &random)).map { _ in pick(["alpha", "beta", "# gamma", ""]) }
      .joined(separator: "\n") + pick(["", "\n"])
  }

  private mutating func sysctlText() -> String {
    (0..<Int.random(in: 1..<4, using: &random)).map { _ in
      "\(pick(["", "-", " "]))\(pick(keys))\(pick([" = ", "="]))\(pick(["0", "1", "2"]))"
    }.joined(separator: "\n") + pick(["", "\n"])
  }

  // MARK: The playbook

  private mutating func makePlaybook() -> String {
    var controls = ""
    for (index, name) in names.enumerated() where chance(60) {
      controls += "  - id: c\(index)\n    ensure:\n      - \(resource(name))\n"
    }
    for key in keys where chance(50) {
      let value =
        key.hasSuffix("port_range") ? "1024 65000" : "\(Int.random(in: 0...2, using: &random))"
      controls +=
        "  - id: k-\(key.replacing(".", with: "-").replacing("_", with: "-"))\n"
        + "    ensure:\n      - sysctl: {key: \(key), value: \"\(value)\"}\n"
    }
    return "harden: 1\nname: generated\ncontrols:\n"
      + (controls.isEmpty
        ? "  - id: only\n    ensure:\n      - file: {path: /etc/passwd, owner: root}\n" : controls)
  }

  private mutating func resource(_ name: String) -> String {
    let owner = chance(40) ? ", owner: \(pick(["root", "alice", "daemon"]))" : ""
    let group = chance(40) ? ", group: \(pick(["root", "shadow"]))" : ""
    let exact =
      chance(50) ? ", mode: \"\(mode())\"" : chance(50) ? ", mode: {at_most: \"\(mode())\"}" : ""
    switch Int.random(in: 0..<10, using: &random) {
    case 0...3:
      return
        "file: {path: \(name), state: present, content: \"\(pick(["new", "", "two\\nlines\\n"]))\"\(owner)\(group)\(exact)}"
    case 4: return "file: {path: \(name), state: absent}"
    case 5: return "directory: {path: \(name), state: absent}"
    case 6: return "directory: {path: \(name), state: present\(owner)\(group)\(exact)}"
    case 7:
      return
        "directory: {path: \(name), recursive: true, if_missing: skip, files: {mode: \"\(mode())\"}, directories: {mode: {at_most: \"\(mode())\"}}}"
    case 8:
      return
        "file: {path: \(name), acl: \"\(pick(["u:alice:rw", "g:shadow:r"]))\", if_missing: skip}"
    default: return "file: {path: \(name), if_missing: skip, owner: root\(group)\(exact)}"
    }
  }
}
