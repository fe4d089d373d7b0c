import HardenTestSupport
import Testing

/// Units of a running systemd, through the built program.
@Suite(.serialized, .enabled(if: Namespace.isAvailable && Systemd.isAvailable))
struct ServiceTests {
  private static let web =
    "[Service]\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=multi-user.target\n"
  private static let needy =
    "[Unit]\nRequires=web.service\nAfter=web.service\n[Service]\nExecStart=/bin/sleep 1000\n"

  private func playbook(_ entry: String) -> String {
    "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n      - service: {\(entry)}\n"
  }

  /// Everything that the kind can change of `web`.
  private static let look = """
    look() {
      systemctl --user is-active web.service
      systemctl --root=/ is-enabled web.service
      systemctl --user show -P LoadState web.service
    }
    """

  @Test func `enabled and started, and back`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("unit: web, enabled: true, running: true"))
    let ended = try scratch.withSystemd(
      units: ["web.service": Self.web],
      """
      \(Self.look); look
      $H plan p.yaml $S | grep -E 'NOW|BOOT'
      $H apply p.yaml --yes $S > apply.txt 2>&1; echo "apply $?"; look
      $H plan p.yaml $S --detailed-exitcode > plan.txt 2>&1; echo "plan $?"
      $H rollback --yes $S > rollback.txt 2>&1; echo "rollback $?"; look; ls /etc/systemd/system
      """)
    #expect(
      ended.output == """
        inactive
        disabled
        loaded
                NOW   inactive -> active
                BOOT  disabled (/usr/lib/systemd/system/web.service) -> enabled
        apply 0
        active
        enabled
        loaded
        plan 0
        rollback 0
        inactive
        disabled
        loaded

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("rollback.txt") ?? "")")
  }

  @Test func `a systemd that takes half a minute to read its units is waited for`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("unit: web, sandbox: {NoNewPrivileges: true}"))
    let ended = try scratch.withSystemd(
      units: ["web.service": Self.web],
      """
      mkdir -p /run/systemd/user-generators
      printf '#!/bin/sh\n[ ! -e %s/slow ] || { rm %s/slow; sleep 27; }\n' \
        "$PWD" "$PWD" > /run/systemd/user-generators/slow
      chmod 755 /run/systemd/user-generators/slow
      touch slow
      $H apply p.yaml --yes $S > apply.txt 2>&1; echo "apply $?"; ls
      $H rollback --yes $S > rollback.txt 2>&1; echo "rollback $?"
      """)
    #expect(
      ended.output.hasPrefix("apply 0\n") && ended.output.hasSuffix("rollback 0\n")
        && !ended.output.contains("\nslow\n"),
      "\(ended.output)\(scratch.text("apply.txt") ?? "")\(scratch.text("rollback.txt") ?? "")")
  }

  @Test func `stopped and masked, with who needs it, and back`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("unit: web, enabled: false, masked: true, running: false"))
    let ended = try scratch.withSystemd(
      units: ["web.service": Self.web, "needy.service": Self.needy],
      """
      \(Self.look)
      mkdir /etc/systemd/system/multi-user.target.wants
      ln -s /usr/lib/systemd/system/web.service /etc/systemd/system/multi-user.target.wants
      systemctl --user daemon-reload; systemctl --user start needy.service; look
      $H apply p.yaml --yes $S > refused.txt 2>&1; echo "apply $?"
      grep -om1 'needy.service cannot be active without web.service, and would stop' refused.txt
      $H apply p.yaml --yes --accept-risk a $S > apply.txt 2>&1; echo "apply $?"; look
      ls /etc/systemd/system/multi-user.target.wants
      $H plan p.yaml $S --detailed-exitcode > plan.txt 2>&1; echo "plan $?"
      $H rollback --yes $S > rollback.txt 2>&1; echo "rollback $?"; look
      """)
    #expect(
      ended.output == """
        active
        enabled
        loaded
        apply 3
        needy.service cannot be active without web.service, and would stop
        apply 0
        inactive
        masked
        masked
        plan 0
        rollback 0
        active
        enabled
        loaded

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("rollback.txt") ?? "")")
  }

  @Test func `what does not come up is undone at once`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("unit: bad, enabled: true, running: true"))
    let ended = try scratch.withSystemd(
      units: [
        "bad.service":
          "[Service]\nType=oneshot\nExecStart=/bin/false\n[Install]\nWantedBy=multi-user.target\n"
      ],
      """
      $H apply p.yaml --yes $S > apply.txt 2>&1; echo "apply $?"
      grep -om1 'journalctl -u bad.service says why' apply.txt
      find /etc/systemd/system -type l; systemctl --user show -P Wants multi-user.target
      """)
    #expect(
      ended.output == "apply 1\njournalctl -u bad.service says why\n\n",
      "\(scratch.text("apply.txt") ?? "")")
  }

  private static let strict =
    "unit: web, running: true, sandbox: {NoNewPrivileges: true, SystemCallArchitectures: native}"

  /// The file of our drop-in, what systemd has read of it, and how often the process was started.
  private static let held = """
    held() {
      cat /etc/systemd/system/web.service.d/50-harden.conf 2> /dev/null
      systemctl --user show -P NoNewPrivileges -P NeedDaemonReload web.service | tr '\\n' ' '
      now=$(systemctl --user show -P MainPID web.service)
      [ $now = ${before:-0} ] && echo kept || echo started
      grep NoNewPrivs /proc/$now/status; before=$now
    }
    """

  @Test func `a sandbox holds the process that runs, and lets it go again`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook(Self.strict))
    let ended = try scratch.withSystemd(
      units: ["web.service": Self.web],
      """
      \(Self.held)
      systemctl --user start web.service; held
      $H apply p.yaml --yes $S > apply.txt 2>&1; echo "apply $?"; held
      $H plan p.yaml $S --detailed-exitcode > plan.txt 2>&1; echo "plan $?"
      $H rollback --yes $S > rollback.txt 2>&1; echo "rollback $?"; held; ls /etc/systemd/system
      """)
    #expect(
      ended.output == """
        no no started
        NoNewPrivs:\t0
        apply 0
        # Written by harden: change the playbook, not this file.
        [Service]
        NoNewPrivileges=true
        SystemCallArchitectures=native
        yes no started
        NoNewPrivs:\t1
        plan 0
        rollback 0
        no no started
        NoNewPrivs:\t0

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("rollback.txt") ?? "")")
  }

  @Test func `a process that is older than its file is a fact, whoever left it so`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook(Self.strict))
    scratch.write("lax.yaml", playbook("unit: web, sandbox: {NoNewPrivileges: true}"))
    let ended = try scratch.withSystemd(
      units: ["web.service": Self.web],
      """
      \(Self.held)
      systemctl --user start web.service; sleep 0.1
      mkdir -p /etc/systemd/system/web.service.d
      printf '[Service]\nNoNewPrivileges=true\nSystemCallArchitectures=native\n' \
        > /etc/systemd/system/web.service.d/50-harden.conf
      $H plan p.yaml $S | grep -E 'NOW|FILE'
      systemctl --user daemon-reload
      $H plan p.yaml $S | grep -E 'NOW|FILE'
      $H plan lax.yaml $S --detailed-exitcode > lax.txt; echo "lax $?"
      $H apply p.yaml --yes $S > apply.txt 2>&1; echo "apply $?"; held | tail -1
      $H plan lax.yaml $S --detailed-exitcode > lax.txt; echo "lax $?"
      """)
    #expect(
      ended.output == """
                NOW   active, by files that have changed -> active, started anew
                NOW   active, older than its files -> active, started anew
        lax 6
        apply 0
        NoNewPrivs:\t1
        lax 0

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("lax.txt") ?? "")")
  }

  @Test func `a sandbox that the process does not survive is taken away again`() throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml", playbook("unit: web, running: true, sandbox: {SystemCallFilter: exit_group}"))
    let ended = try scratch.withSystemd(
      units: ["web.service": Self.web],
      """
      \(Self.held)
      systemctl --user start web.service
      $H apply p.yaml --yes $S > apply.txt 2>&1; echo "apply $?"; held
      find /etc/systemd/system -mindepth 1; systemctl --user is-active web.service
      """)
    #expect(
      ended.output == "apply 1\nno no started\nNoNewPrivs:\t0\nactive\n",
      "\(scratch.text("apply.txt") ?? "")")
  }

  @Test func `killed at any moment, it is put right and the process with it`() throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      playbook(
        "unit: web, enabled: true, running: true, sandbox: {NoNewPrivileges: true, UMask: \"0077\"}"
      ))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed)
    let waits = (0..<8).map { _ in "0.\(Int.random(in: 100..<900, using: &random))" }
    let ended = try scratch.withSystemd(
      units: ["web.service": Self.web],
      """
      systemctl --user start web.service
      for wait in \(waits.joined(separator: " ")); do
        $H apply p.yaml --yes $S > apply.txt 2>&1 & sleep $wait
        kill -9 $! 2> /dev/null; wait $!
        [ -e /etc/systemd/system/web.service.d/50-harden.conf ] && echo "$wait: in the middle" >&2
        $H recover $S > recover.txt 2>&1 || echo "recover $?: $(cat recover.txt)"
        $H rollback --yes $S > rollback.txt 2>&1 || echo "rollback $?: $(cat rollback.txt)"
        find /etc/systemd/system -mindepth 1
        systemctl --user show -P ActiveState -P NoNewPrivileges -P NeedDaemonReload web.service
        grep NoNewPrivs /proc/$(systemctl --user show -P MainPID web.service)/status
      done | sort | uniq -c
      """)
    #expect(
      ended.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        == ["8 NoNewPrivs:\t0", "8 active", "16 no"],
      "seed \(seed): \(scratch.text("recover.txt") ?? "")")
  }
}
