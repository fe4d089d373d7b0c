import Foundation
import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SettingObservingTests {
  private func observe(_ root: TemporaryRoot, _ yaml: String) throws -> Observation {
    let entry = try Entry<Setting>(yaml)
    #expect(entry.messages == [])
    let setting = try #require(entry.resources.first)
    return try setting.proved(on: root)
  }

  private func edits(_ observation: Observation) -> [String] {
    observation.steps.flatMap { step -> [String] in
      guard case .editFile(let order) = step else { return ["\(step.target)"] }
      return order.edits.map {
        "\(order.path): \($0.unit): \($0.before ?? "-") -> \($0.after ?? "-")"
      }
    }
  }

  private static let noRoot =
    "{file: /etc/ssh/sshd_config, format: sshd, key: X11Forwarding, value: no}"

  @Test func `a new line of sshd goes into the drop-in that wins`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nX11Forwarding yes\n")
    let observation = try observe(root, Self.noRoot)
    #expect(
      observation.lines == ["file yes (/etc/ssh/sshd_config:2) -> no"])
    #expect(
      edits(observation) == [
        "/etc/ssh/sshd_config.d", "/etc/ssh/sshd_config.d/00-harden.conf: X11Forwarding: - -> no",
      ])
  }

  @Test func `a line that would still win is changed where it stands`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\n")
    root.write(
      "/etc/ssh/sshd_config.d/00-cloud.conf", "X11Forwarding yes\nMatch all\n x11forwarding yes\n")
    let observation = try observe(root, Self.noRoot)
    #expect(
      edits(observation) == ["/etc/ssh/sshd_config.d/00-cloud.conf: X11Forwarding: yes -> no"])
    #expect(
      observation.notes == [
        "/etc/ssh/sshd_config.d/00-cloud.conf:3 says yes below a Match, and so it stays for those whom that names"
      ])
    root.write("/etc/ssh/sshd_config", "X11Forwarding yes\nInclude /etc/ssh/sshd_config.d/*.conf\n")
    #expect(
      edits(try observe(root, Self.noRoot)) == ["/etc/ssh/sshd_config: X11Forwarding: yes -> no"])
  }

  @Test func `what is collected from several lines is left to a person`() throws {
    let root = try TemporaryRoot()
    let wanted = "{file: /etc/ssh/sshd_config, format: sshd, key: AllowUsers, value: bob alice}"
    root.write("/etc/ssh/sshd_config", "AllowUsers alice\nAllowUsers bob\n")
    #expect(try observe(root, wanted).holds)
    root.write("/etc/ssh/sshd_config", "Include sshd_config.d/*.conf\nAllowUsers eve\n")
    #expect(
      edits(try observe(root, wanted)) == ["/etc/ssh/sshd_config: AllowUsers: eve -> bob alice"])
    root.write("/etc/ssh/sshd_config", "AllowUsers alice\nAllowUsers eve\n")
    #expect(
      try observe(root, wanted).standing
        == .refused(
          "AllowUsers is collected from /etc/ssh/sshd_config:1 and /etc/ssh/sshd_config:2; keep one of them"
        ))
  }

  @Test func `what wins from below usr is refused, with file and line`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/systemd/journald.conf", "[Journal]\n#Storage=auto\n")
    let wanted =
      "{file: /etc/systemd/journald.conf, format: ini, key: Journal/Storage, value: persistent}"
    #expect(
      edits(try observe(root, wanted)) == [
        "/etc/systemd/journald.conf.d",
        "/etc/systemd/journald.conf.d/99-zz-harden.conf: Journal/Storage: - -> persistent",
      ])
    root.write("/usr/lib/systemd/journald.conf.d/99-zzz.conf", "[Journal]\nStorage=none\n")
    #expect(
      try observe(root, wanted).standing
        == .refused(
          "/usr/lib/systemd/journald.conf.d/99-zzz.conf:2 gives it none and is not ours to edit"))
  }

  @Test func `files that are missing`() throws {
    let root = try TemporaryRoot()
    let wanted = { (more: String) in
      "{file: /etc/docker/daemon.json, format: json, key: live-restore, value: true\(more)}"
    }
    guard case .refused = try observe(root, wanted("")).standing else {
      Issue.record("not refused")
      return
    }
    #expect(
      try observe(root, wanted(", if_missing: skip")).standing
        == .notApplicable("there is no /etc/docker/daemon.json"))
    #expect(
      edits(try observe(root, wanted(", create: true"))) == [
        "/etc/docker", "/etc/docker/daemon.json: live-restore: - -> true",
      ])
  }

  @Test func `links and files with further names are refused`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/real", "a=1\n")
    root.link("/etc/a.conf", to: "real")
    let wanted = "{file: /etc/a.conf, format: keyvalue, key: a, value: 2}"
    #expect(
      try observe(root, wanted).standing
        == .refused("/etc/a.conf: it is a link to real; name its target or take the link away"))
    #expect(try observe(root, "{file: /etc/a.conf, format: keyvalue, key: a, value: 1}").holds)
  }

  @Test func `whole lines come once, and go wherever they are`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/x", "one  two\nthree\none\ttwo\n")
    let line = { (state: String) in "{file: /etc/x, format: lines, line: one two, state: \(state)}"
    }
    #expect(try observe(root, line("present")).holds)
    #expect(
      edits(try observe(root, line("absent"))) == [
        "/etc/x: one  two: one  two -> -", "/etc/x: one\ttwo: one\ttwo -> -",
      ])
    root.write("/etc/x", "three")
    #expect(edits(try observe(root, line("present"))) == ["/etc/x: one two: - -> one two"])
    #expect(try observe(root, line("absent")).holds)
  }

  // MARK: Five hundred edits of whole lines

  /// Lines of sudoers; those that are one to sudo differ in nothing but blanks.
  private static let lines = [
    "Defaults env_reset", "Defaults\tuse_pty", "Defaults  use_pty", "Defaults use_pty",
    "Defaults secure_path=\"/usr/sbin:/usr/bin\"", "Defaults logfile=/var/log/sudo.log",
    "Defaults:alice !authenticate", "root ALL=(ALL:ALL) ALL", "root\tALL=(ALL:ALL) ALL",
    "%sudo   ALL=(ALL:ALL) ALL", "%sudo ALL=(ALL:ALL) ALL", " %wheel ALL=(ALL) NOPASSWD: ALL",
    "alice ALL=(root) NOPASSWD: /usr/bin/systemctl restart nginx", "bob ALL = /bin/a, \\\n  /bin/b",
    "# %sudo ALL=(ALL:ALL) ALL", "#Defaults use_pty", "## notes \u{fc}ber \t it", "", "  ",
  ]

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/visudo")))
  func `five hundred edits of lines change no other byte, and visudo agrees`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let root = try TemporaryRoot()
    let words = { (line: [UInt8]) in line.split { $0 == 0x20 || $0 == 0x09 } }
    var changed = 0
    for index in 0..<500 {
      let count = Int.random(in: 0...14, using: &random)
      var old = (0..<count).map { _ in Self.lines.randomElement(using: &random) ?? "" }
        .joined(separator: "\n")
      if Int.random(in: 0..<4, using: &random) > 0, !old.isEmpty { old += "\n" }
      let isGood = Int.random(in: 0..<10, using: &random) > 0
      let line =
        isGood
        ? Self.lines.filter { !$0.hasPrefix(" ") && !$0.contains("\n") && !$0.hasPrefix("#") }
          .filter { !$0.isEmpty }.randomElement(using: &random) ?? "" : "alice may (do ALL"
      let isWanted = !isGood || Bool.random(using: &random)
      root.write("/etc/sudoers", old)
      let key = line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\t", with: "\\t")
      let state = isWanted ? "present" : "absent"
      let observation = try observe(
        root, "{file: /etc/sudoers, format: lines, line: \"\(key)\", state: \(state)}")
      let bytes = Array(old.utf8)
      var new = bytes
      for case .editFile(let order) in observation.steps {
        #expect(order.check == .sudoers)
        new = order.format.applying(order.edits, to: new)
      }
      // The same in the plainest words: all bytes stay but those of the wanted line.
      let stretches = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      let isThere = stretches.contains { words(Array($0)) == words(Array(line.utf8)) }
      var wanted = bytes
      if isWanted, !isThere {
        if let last = bytes.last, last != 0x0A { wanted.append(0x0A) }
        wanted += Array(line.utf8) + [0x0A]
      } else if !isWanted {
        let left = stretches.filter { words(Array($0)) != words(Array(line.utf8)) }
        wanted = Array(left.joined(separator: [0x0A]))
      }
      #expect(new == wanted, "seed \(seed): \(state) \(line) in \(old)")
      if new != bytes { changed += 1 }
      root.write("/\(index).old", old)
      root.write("/\(index).new", new)
      root.write("/\(index).line", "\(isGood ? 0 : 1) \(isWanted ? 1 : 0) \(line)")
    }
    root.write(
      "/read.py",
      #"""
      import json, subprocess
      def run(*words): return subprocess.run(words, capture_output=True, text=True)
      def read(name):
          done = run('/usr/bin/cvtsudoers', '-f', 'json', '-c', '/dev/null', name)
          return json.loads(done.stdout or '{}')
      def entries(tree):
          for kind, items in tree.items():
              for item in items: yield kind + json.dumps(item, sort_keys=True)
      for n in range(500):
          bad, wanted, line = open(f'{n}.line').read().split(' ', 2)
          if run('/usr/sbin/visudo', '-c', '-f', f'{n}.old').returncode: print(n, 'old')
          if run('/usr/sbin/visudo', '-c', '-f', f'{n}.new').returncode != int(bad): print(n, 'new', line)
          if bad == '1': continue
          open('one', 'w').write(line + '\n')
          one, old, new = (set(entries(read(name))) for name in ('one', f'{n}.old', f'{n}.new'))
          if wanted == '1' and new != old | one or wanted == '0' and new != old - one:
              print(n, wanted, line, old ^ new)
      print(n + 1)
      """#)
    let complaints = try Shell.run("cd \(root.path) && python3 read.py")
    #expect(complaints == "500\n", "seed \(seed): \(complaints)")
    print("edits of lines: seed \(seed), \(changed) of 500 files changed")
    #expect(changed > 200)
  }
}
