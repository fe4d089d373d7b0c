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

  @Test func `what is pruned is read again with the rest`() throws {
    let scratch = try Scratch()
    let grace = "file: /etc/ssh/sshd_config, format: sshd, key: LoginGraceTime, value: 30"
    scratch.write("p.yaml", "\(Self.tries)      - setting: {\(grace)}\n")
    scratch.write("q.yaml", Self.tries.replacing("value: 3", with: "value: 2"))
    let ended = try scratch.withSystemd(
      units: [
        "ssh.service": Self.reader(
          "/etc/ssh/sshd_config.d/*.conf", "LoginGraceTime",
          more: "ExecReload=/bin/kill -HUP $MAINPID")
      ],
      """
      \(Self.look)
      systemctl --user start ssh; sleep 0.3
      $H apply p.yaml --yes $S > apply.txt 2>&1; look "apply $?"
      mv q.yaml p.yaml; look other
      $H apply p.yaml --prune --yes $S >> apply.txt 2>&1; echo "apply $?"; sleep 0.3
      tail -n 1 /run/reads; look pruned
      """)
    #expect(
      ended.output == """
        apply 0: plan 0

        LoginGraceTime 30
        other: plan 2
        NOW   3 -> 2
        apply 0

        pruned: plan 0
        LoginGraceTime 30


        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")")
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

  /// A unit that notes at its start what `drop-ins` say.
  private static func starter(_ dropIns: String, more: String = "") -> String {
    """
    [Service]
    ExecStart=/bin/bash -c 'echo start $(cat \(dropIns) 2> /dev/null) >> /run/reads; exec sleep 1000'
    \(more)

    """
  }

  @Test(arguments: [false, true])
  func `journald starts anew without a word to the kernel's auditing where auditd runs`(
    _ hasFolder: Bool
  ) throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      Self.playbook(
        "file: /etc/systemd/journald.conf, format: ini, key: Journal/Compress, value: no"))
    let ended = try scratch.withSystemd(
      units: [
        "systemd-journald.service": Self.starter("/run/systemd/journald.conf.d/*"),
        "auditd.service": Self.starter("/dev/null"),
      ],
      """
      \(Self.look)
      printf '[Journal]\\nCompress=yes\\n' > /etc/systemd/journald.conf
      \(hasFolder ? "mkdir /run/systemd/journald.conf.d" : "")
      systemctl --user start systemd-journald; sleep 0.3; look started
      $H apply p.yaml --yes $S > apply.txt 2>&1; look "without auditd: apply $?"
      systemctl --user start auditd; sleep 0.3; rm -f /run/reads
      $H rollback --yes $S > rollback.txt 2>&1; look "rollback $?"
      find /run/systemd/journald.conf.d 2> /dev/null
      """)
    #expect(
      ended.output == """
        started: plan 2
        NOW   yes -> no
        start
        without auditd: apply 0: plan 0
        start
        rollback 0: plan 2
        NOW   yes -> no
        start [Journal] Audit=
        \(hasFolder ? "/run/systemd/journald.conf.d\n" : "")
        """,
      "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")\(scratch.text("rollback.txt") ?? "")"
    )
  }

  @Test func `auditd starts anew for a name, and its rules stay, also over a crash`() throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      Self.playbook(
        "file: /etc/audit/auditd.conf, format: keyvalue, key: name_format, value: hostname"))
    scratch.write(
      "q.yaml",
      Self.playbook("file: /etc/audit/auditd.conf, format: keyvalue, key: num_logs, value: \"9\""))
    let auditd = Self.reader("/etc/audit/auditd.conf", "name_format").replacing(
      "[Service]", with: "[Unit]\nRefuseManualStop=yes\n[Service]"
    ).replacing("bash -c '", with: "bash -c '[ ! -e cut ] || /bin/bash cut; ")
    let ended = try scratch.withSystemd(
      units: [
        "auditd.service": auditd + """
          WorkingDirectory=\(scratch.path)
          ExecStartPost=/bin/bash -c 'echo rules >> /run/reads'

          """
      ],
      """
      \(Self.look)
      printf 'name_format = none\\nnum_logs = 5\\n' > /etc/audit/auditd.conf
      systemctl --user start auditd; sleep 0.3; rm /run/reads; look started
      grep -o 'auditd.service starts anew for it.*' plan.txt
      $H apply p.yaml --yes $S > apply.txt 2>&1; look "apply $?"
      find /run/systemd/system; cp p.yaml name.yaml; mv q.yaml p.yaml
      invocation() { readlink /run/systemd/units/invocation:auditd.service; }
      $H apply p.yaml --yes $S >> apply.txt 2>&1; look "other key: apply $?"
      before=$(invocation); mv name.yaml p.yaml
      $H rollback --to origin --yes $S > rollback.txt 2>&1; look "rollback $?"
      [ "$before" = "$(invocation)" ] || echo 'another start for no name'
      # A crash as it starts.
      echo 'ls /run/systemd/system/auditd.service.d >> /run/reads; kill -9 $(cat pid); rm cut' > cut
      sh -c 'echo $$ > pid; exec "$0" "$@"' $H apply p.yaml --yes $S > apply.txt 2>&1; echo "killed $?"
      $H recover $S > recover.txt 2>&1; look "recover $?"
      find /run/systemd/system
      systemctl --user restart auditd 2> /dev/null || echo 'nobody stops it by hand'
      """)
    #expect(
      ended.output == """
        started: plan 2
        NOW   none -> hostname
        auditd.service starts anew for it, and what it misses meanwhile is in the kernel's log
        apply 0: plan 0
        name_format = hostname
        /run/systemd/system
        other key: apply 0: plan 0
        name_format = hostname
        rollback 0: plan 2
        NOW   none -> hostname
        name_format = none
        killed 137
        recover 0: plan 2
        NOW   none -> hostname
        zzzz-harden.conf
        name_format = hostname
        name_format = none
        /run/systemd/system
        nobody stops it by hand

        """,
      "\(scratch.text("apply.txt") ?? "")\(scratch.text("plan.txt") ?? "")\(scratch.text("rollback.txt") ?? "")\(scratch.text("recover.txt") ?? "")"
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
