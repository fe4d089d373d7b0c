import HardenTestSupport
import Testing

@Suite struct DriftVerbTests {
  @Test func `what was set is compared without a playbook, and nothing is changed`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    #expect(try host.harden("drift", "--detailed-exitcode").status == 0)
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    try host.write("playbook.yaml", "gone")
    let clean = try host.harden("drift", "--detailed-exitcode")
    #expect(clean.status == 0 && clean.output.contains("all as they left it"), "\(clean)")
    try host.write("root/etc/banner", "Welcome\n")
    let drifted = try host.harden("drift", "--detailed-exitcode")
    #expect(drifted.status == 5 && drifted.output.contains("file[/etc/banner]"), "\(drifted)")
    #expect(drifted.output.contains("since run 1 had set it"))
    #expect(host.text("root/etc/banner") == "Welcome\n")
    #expect(try host.harden("drift").status == 0)
  }

  @Test func `a probe that held has drifted where it does not any more`() throws {
    let host = try RootedHost(
      playbook: """
        harden: 1
        name: p
        controls:
          - id: banner
            ensure:
              - file: {path: /etc/banner, content: "a\\n"}
              - probe: {absent_pattern: {files: /etc/app, pattern: "^debug"}}
              - probe: {absent_pattern: {files: /etc/other, pattern: "^debug"}}

        """)
    try host.write("root/etc/app", "quiet\n")
    try host.write("root/etc/other", "debug\n")
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    let clean = try host.harden("drift", "--detailed-exitcode")
    #expect(clean.status == 0 && clean.output.contains("all as they left it"), "\(clean)")
    try host.write("root/etc/app", "debug\n")
    let drifted = try host.harden("drift", "--detailed-exitcode")
    #expect(drifted.status == 5 && drifted.output.contains("1 drifted"), "\(drifted)")
    #expect(drifted.output.contains("probe[absent_pattern /etc/app ^debug]"), "\(drifted)")
    #expect(!drifted.output.contains("/etc/other") && !drifted.output.contains("To set it again"))
    _ = try host.harden("rollback", "--yes")
    #expect(try host.harden("drift", "--detailed-exitcode").status == 0)
  }

  @Test func `what is not there any more has neither drifted nor stayed`() throws {
    let host = try RootedHost(
      playbook:
        "harden: 1\nname: p\ncontrols:\n  - id: key\n    ensure:\n      - file: {path: /etc/key, mode: \"0600\", if_missing: skip}\n"
    )
    try host.write("root/etc/key", "x")
    try Shell.run("chmod 644 \(host.path("root/etc/key"))")
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(try host.harden("drift").output.contains("all as they left it"))
    try Shell.run("rm \(host.path("root/etc/key"))")
    let gone = try host.harden("drift", "--detailed-exitcode")
    #expect(gone.status == 0 && gone.output.contains("none drifted"), "\(gone)")
    #expect(gone.output.contains("not applicable  key"), "\(gone)")
  }
}
