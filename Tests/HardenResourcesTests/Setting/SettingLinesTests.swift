import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SettingLinesTests {
  private func lines(
    _ root: TemporaryRoot, _ key: String, file: String = "/etc/ssh/sshd_config",
    format: SettingFormat = .sshd
  ) throws -> SettingLines {
    try SettingLines(
      Setting(file: file, format: format, key: key, wanted: nil), Host(root: root.path))
  }

  @Test func `sshd reads what it includes in its place, and the first line counts`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/etc/ssh/sshd_config",
      "MaxSessions 1\nInclude sshd_config.d/*.conf /etc/ssh/more\nUsePAM yes\nPort 1\nMatch all\nUsePAM no\nInclude last\n"
    )
    root.write("/etc/ssh/sshd_config.d/50-a.conf", "UsePAM no\nMatch User x\nPort 3\n")
    root.write("/etc/ssh/sshd_config.d/ignored", "UsePAM ignored\n")
    root.write("/etc/ssh/more", "Port 2\nInclude /etc/ssh/more\n")
    root.write("/etc/ssh/last", "Port 9\n")
    let pam = try lines(root, "usepam")
    #expect(
      pam.lines.map { "\($0.place)" } == [
        "/etc/ssh/sshd_config.d/50-a.conf:1", "/etc/ssh/sshd_config:3",
      ])
    #expect(pam.winner?.text == "no")
    #expect(pam.conditional.map { "\($0.place)" } == ["/etc/ssh/sshd_config:6"])
    #expect(pam.own?.path == "/etc/ssh/sshd_config.d/00-harden.conf" && pam.ownWins)
    let port = try lines(root, "Port")
    #expect(port.lines.map(\.text) == ["2", "1"] && port.conditional.map(\.text) == ["3"])
    #expect(try !lines(root, "MaxSessions").ownWins)
    #expect(try lines(root, "Banner").ownWins)
  }

  @Test func `pwquality reads drop-ins before its file`() throws {
    let root = try TemporaryRoot()
    let found = {
      try lines(root, "minlen", file: "/etc/security/pwquality.conf", format: .keyvalue)
    }
    root.write("/etc/security/pwquality.conf.d/50-a.conf", "minlen = 16\n")
    root.write("/etc/security/pwquality.conf.d/60-b.conf", "minlen = 12\n")
    root.write("/etc/security/pwquality.conf.d/70-c", "minlen = 7\n")
    #expect(try !found().exists)
    root.write("/etc/security/pwquality.conf", "# minlen = 8\n")
    #expect(
      try found().winner?.place.description == "/etc/security/pwquality.conf.d/60-b.conf:1")
    root.write("/etc/security/pwquality.conf", "minlen = 9\n")
    #expect(try found().winner?.text == "9" && found().exists)
  }

  @Test func `without an Include that reads it there is no drop-in of ours`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/etc/ssh/sshd_config",
      "Include /etc/other.d/*.conf\nInclude sshd_config.d/1*.conf\nMatch all\nInclude sshd_config.d/*\n"
    )
    #expect(try lines(root, "Port").own == nil)
  }

  @Test
  func `systemd reads the first of each name, in the order of names, and the last line counts`()
    throws
  {
    let root = try TemporaryRoot()
    let journal = {
      try lines(root, "Journal/Storage", file: "/etc/systemd/journald.conf", format: .ini)
    }
    #expect(try !journal().exists)
    root.write("/usr/lib/systemd/journald.conf", "[Journal]\nStorage=auto\n")
    #expect(try journal().winner?.place.description == "/usr/lib/systemd/journald.conf:2")
    root.write("/etc/systemd/journald.conf", "[Journal]\nStorage=none\n")
    root.write("/usr/lib/systemd/journald.conf.d/50-a.conf", "[Journal]\nStorage=volatile\n")
    root.write("/run/systemd/journald.conf.d/20-b.conf", "[Journal]\nStorage=auto\n")
    #expect(try journal().lines.map(\.text) == ["none", "auto", "volatile"])
    #expect(try journal().ownWins)
    root.write("/etc/systemd/journald.conf.d/50-a.conf", "[Other]\nStorage=1\n")
    #expect(try journal().winner?.text == "auto")
    root.write("/etc/systemd/journald.conf.d/99-zzz.conf", "[Journal]\nStorage=volatile\n")
    #expect(try !journal().ownWins)
  }

  @Test func `JSON that is none is refused`() throws {
    let root = try TemporaryRoot()
    root.write("/d.json", "{\"a\": }")
    #expect(
      try lines(root, "a", file: "/d.json", format: .json).refusal
        == "/d.json is not one JSON object; correct it first")
    root.write("/d.json", "{\"a\": 1}")
    #expect(
      try lines(root, "a/b", file: "/d.json", format: .json).refusal
        == "a part of the path is no object in /d.json")
  }
}
