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
}
