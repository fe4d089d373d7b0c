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
}
