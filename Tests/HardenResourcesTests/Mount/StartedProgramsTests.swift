import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct StartedProgramsTests {
  private let root: TemporaryRoot

  init() throws { root = try TemporaryRoot() }

  /// `name: program program`, one line for each.
  private func found() throws -> [String] {
    try StartedPrograms.of(Host(root: root.path)).map {
      "\($0.name): \($0.programs.joined(separator: " "))"
    }
  }

  @Test func `units start programs from every directory and from what adds to them`() throws {
    #expect(try found() == [])
    root.write(
      "/usr/local/lib/systemd/system/agent.service",
      "[Service]\nExecStartPre=-/tmp/prepare now\nExecStart=@/tmp/agent agent\nExecPaths=/tmp\n")
    root.write("/usr/lib/systemd/system/plain.service", "[Service]\nExecStart=/usr/bin/plain\n")
    root.write(
      "/etc/systemd/system/plain.service.d/more.conf", "[Service]\nExecStartPost=+/tmp/more\n")
    #expect(
      try found() == [
        "agent.service: /tmp/prepare /tmp/agent", "plain.service: /usr/bin/plain /tmp/more",
      ])
  }

  @Test func `what is taken back, masked or another's does not count`() throws {
    root.write("/usr/lib/systemd/system/a.service", "[Service]\nExecStart=/tmp/a\n")
    root.write(
      "/etc/systemd/system/a.service.d/b.conf", "[Service]\nExecStart=\nExecStart=/usr/bin/a\n")
    root.write("/usr/lib/systemd/system/b.service", "[Service]\nExecStart=/tmp/b\n")
    root.link("/etc/systemd/system/b.service", to: "/dev/null")
    root.write("/usr/lib/systemd/system/c.service", "[Service]\nExecStart=tool\n")
    root.link("/etc/systemd/system/d.service", to: "/usr/lib/systemd/system/a.service")
    #expect(try found() == ["a.service: /usr/bin/a"])
  }

  @Test func `tables of cron start programs`() throws {
    root.write(
      "/etc/crontab",
      """
      SHELL=/tmp/shell
      # 1 2 * * * root /tmp/no
      17 * * * * root cd / && /tmp/hourly
      @reboot root TMPDIR=/tmp /tmp/boot

      """)
    root.write("/etc/cron.d/find", "*/5 * * * * root find /tmp/x -delete\n")
    root.write("/etc/cron.d/old.dpkg-dist", "1 2 * * * root /tmp/old\n")
    root.write("/var/spool/cron/crontabs/alice", "0\t1 * * 1-5 test -x /a || /tmp/own arg\n")
    root.write("/var/spool/cron/bob", "@daily /tmp/bob\n")
    #expect(
      try found() == [
        "cron (/etc/crontab:3): /tmp/hourly", "cron (/etc/crontab:4): /tmp/boot",
        "cron (/var/spool/cron/crontabs/alice:1): /tmp/own",
        "cron (/var/spool/cron/bob:1): /tmp/bob",
      ])
  }
}
