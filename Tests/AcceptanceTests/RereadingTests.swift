import HardenTestSupport
import Testing

/// Configuration that a running process has read, or has not, through the built program.
@Suite(.serialized, .enabled(if: Namespace.isAvailable && Systemd.isAvailable))
struct RereadingTests {
  /// A unit that notes what `file` says of `key` at its start and at each SIGHUP.
  private static func reader(_ file: String, _ key: String, more: String = "") -> String {
    """
    [Service]
    ExecStart=/bin/bash -c 'look() { echo $(grep -h "^ *\(key)" \(file) | head -n 1) >> /run/reads; }; \
    trap look HUP; look; while :; do sleep 1000 & wait $!; done'
    \(more)

    """
  }

  private static let server = reader(
    "/etc/ssh/sshd_config.d/*.conf /etc/ssh/sshd_config", "MaxAuthTries",
    more: "ExecReload=/bin/kill -HUP $MAINPID")

  private static func playbook(_ entry: String) -> String {
    "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n      - setting: {\(entry)}\n"
  }

  private static let tries = playbook(
    "file: /etc/ssh/sshd_config, format: sshd, key: MaxAuthTries, value: 3")

  /// Shows what a plan says of NOW, its end, and what was read since the last time.
  private static let look = """
    look() {
      $H plan p.yaml $S --detailed-exitcode > plan.txt 2>&1; echo "$1: plan $?"
      grep -oE 'NOW .*' plan.txt
      sleep 0.3; cat /run/reads 2> /dev/null; rm -f /run/reads
    }
    """

  @Test func `sshd reads its files again after apply, after others and after rollback`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.tries)
    let ended = try scratch.withSystemd(
      units: ["ssh.service": Self.server],
      """
      \(Self.look)
      echo MaxAuthTries 6 > /etc/ssh/sshd_config.d/10-a.conf
      look 'stopped'
      systemctl --user start ssh; sleep 0.3; look started
      $H apply p.yaml --yes $S > apply.txt 2>&1; look "apply $?"
      # What somebody puts back is older than the process and yet new to it.
      cp -a /etc/ssh/sshd_config.d/00-harden.conf kept; touch -d 2020-01-01 kept
      mv kept /etc/ssh/sshd_config.d/00-harden.conf; look moved
      $H apply p.yaml --yes $S >> apply.txt 2>&1; look "apply $?"
      chmod 640 /etc/ssh/sshd_config; look 'mode'
      systemctl --user reload ssh; look reloaded
      touch -d tomorrow /etc/ssh/sshd_config
      systemctl --user restart ssh; look restarted
      $H rollback --to origin --yes $S > rollback.txt 2>&1; look "rollback $?"
      ls /etc/ssh/sshd_config.d
      """)
    #expect(
      ended.output == """
        stopped: plan 2
        started: plan 2
        NOW   6 -> 3
        MaxAuthTries 6
        apply 0: plan 0
        MaxAuthTries 3
        moved: plan 5
        NOW   ssh.service, older than its files -> 3
        apply 0: plan 0
        MaxAuthTries 3
        mode: plan 5
        NOW   ssh.service, older than its files -> 3
        reloaded: plan 0
        MaxAuthTries 3
        restarted: plan 0
        MaxAuthTries 3
        rollback 0: plan 2
        NOW   6 -> 3
        MaxAuthTries 6
        10-a.conf

        """,
      "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")\(scratch.text("rollback.txt") ?? "")"
    )
  }

  @Test func `a crash between the file and its reader is seen, and recovered`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.tries)
    let ended = try scratch.withSystemd(
      units: [
        "ssh.service": Self.server.replacing(
          "ExecReload=", with: "ExecReload=/bin/bash \(scratch.path)/cut\nExecReload=")
      ],
      """
      \(Self.look)
      cat > cut <<'CUT'
      cd "$(dirname "$0")"; [ -e pid ] || exit 0
      grep -h ^MaxAuth /etc/ssh/sshd_config.d/*; kill -9 $(cat pid); rm pid; exit 1
      CUT
      echo MaxAuthTries 6 > /etc/ssh/sshd_config.d/10-a.conf
      systemctl --user start ssh; sleep 0.3; look started
      sh -c 'echo $$ > pid; exec "$0" "$@"' $H apply p.yaml --yes $S > apply.txt 2>&1; echo "killed $?"
      look 'cut off'
      $H recover $S > recover.txt 2>&1; look "recover $?"
      """)
    #expect(
      ended.output == """
        started: plan 2
        NOW   6 -> 3
        MaxAuthTries 6
        killed 137
        cut off: plan 2
        NOW   ssh.service, older than its files -> 3
        recover 0: plan 2
        NOW   6 -> 3
        MaxAuthTries 6

        """,
      "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")\(scratch.text("recover.txt") ?? "")"
    )
  }

  @Test func `what sshd does not take is not read again`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.tries)
    let ended = try scratch.withSystemd(
      units: ["ssh.service": Self.server],
      """
      \(Self.look)
      echo MaxAuthTries 3 > /etc/ssh/sshd_config.d/10-a.conf
      systemctl --user start ssh; sleep 0.3; look started
      echo Nonsense yes >> /etc/ssh/sshd_config
      $H apply p.yaml --yes $S > apply.txt 2>&1; look "apply $?"
      grep -o 'sshd -t does not take it' apply.txt | head -n 1
      """)
    #expect(
      ended.output == """
        started: plan 0
        MaxAuthTries 3
        apply 1: plan 2
        NOW   ssh.service, older than its files -> 3
        sshd -t does not take it

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")")
  }

  @Test(arguments: [
    ("auditd.service", "/etc/audit/auditd.conf", "keyvalue", "num_logs", "3", "4"),
    ("systemd-journald.service", "/etc/systemd/journald.conf", "ini", "Compress", "no", "yes"),
  ])
  func `signals and restarts are remembered until the next start`(
    unit: String, file: String, format: String, key: String, old: String, new: String
  ) throws {
    let scratch = try Scratch()
    let name = format == "ini" ? "Journal/\(key)" : key
    scratch.write(
      "p.yaml",
      Self.playbook("file: \(file), format: \(format), key: \(name), value: \"\(new)\""))
    let ended = try scratch.withSystemd(
      units: [unit: Self.reader("\(file).d/* \(file)", key)],
      """
      \(Self.look)
      mkdir -p $(dirname \(file))
      printf '%s\\n' '\(format == "ini" ? "[Journal]" : "# auditd")' '\(key)=\(old)' > \(file)
      systemctl --user start \(unit); sleep 0.3; look started
      $H apply p.yaml --yes $S > apply.txt 2>&1; look "apply $?"
      systemctl --user restart \(unit); look restarted
      touch \(file); look touched
      $H rollback --yes $S > rollback.txt 2>&1; look "rollback $?"
      """)
    #expect(
      ended.output == """
        started: plan 2
        NOW   \(old) -> \(new)
        \(key)=\(old)
        apply 0: plan 0
        \(key)=\(new)
        restarted: plan 0
        \(key)=\(new)
        touched: plan 5
        NOW   \(unit), older than its files -> \(new)
        rollback 0: plan 2
        NOW   \(old) -> \(new)
        \(key)=\(old)

        """,
      "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")\(scratch.text("rollback.txt") ?? "")"
    )
  }

  @Test func `what docker takes at its start only waits for that`() throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      Self.playbook(
        "file: /etc/docker/daemon.json, format: json, set: {live-restore: true}, create: true"))
    scratch.write(
      "q.yaml",
      Self.playbook("file: /etc/docker/daemon.json, format: json, set: {icc: false}, create: true"))
    let ended = try scratch.withSystemd(
      units: [
        "docker.service": Self.reader(
          "/etc/docker/daemon.json", ".*:", more: "ExecReload=/bin/kill -HUP $MAINPID")
      ],
      """
      \(Self.look)
      mkdir /etc/docker; echo '{}' > /etc/docker/daemon.json
      systemctl --user start docker; sleep 0.3; look started
      $H apply p.yaml --yes $S > apply.txt 2>&1; look "apply $?"
      mv q.yaml p.yaml; look other
      $H apply p.yaml --yes $S >> apply.txt 2>&1; look "apply $?"
      systemctl --user reload docker; look reloaded
      systemctl --user restart docker; look restarted
      """)
    #expect(
      ended.output == """
        started: plan 2
        NOW   (nothing) -> true

        apply 0: plan 0
        "live-restore": true
        other: plan 2
        apply 0: plan 6
        reloaded: plan 6
        "live-restore": true,
        restarted: plan 0
        "live-restore": true,

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")")
  }
}
