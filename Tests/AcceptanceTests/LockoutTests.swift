import HardenTestSupport
import Testing

/// Changes that have shut people out of their hosts: each is refused with who would be shut out, and
/// nothing is touched.
@Suite struct LockoutTests {
  /// A host with one administrator, alice, who gets in by ssh and becomes root by sudo.
  private func host() throws -> Scratch {
    let scratch = try Scratch()
    let files = [
      "passwd": """
      root:x:0:0::/root:/usr/sbin/nologin
      alice:x:1000:1000::/home/alice:/bin/sh
      batch:x:900:900::/:/bin/sh

      """,
      "shadow": "root:*:1::::::\nalice:$y$h:1:0:99999:7:::\nbatch:!:1:0:99999:7:::\n",
      "group": "root:x:0:\nsudo:x:27:\nstaff:x:50:alice\nalice:x:1000:\nbatch:x:900:\n",
      "sudoers": "%staff ALL=(ALL:ALL) ALL\n", "ssh/sshd_config": "UsePAM yes\n",
      "pam.d/common-auth": """
      auth [success=1 default=ignore] pam_unix.so nullok
      auth requisite pam_deny.so
      auth required pam_permit.so

      """,
      "security/faillock.conf": "deny = 3\n",
    ]
    for (name, text) in files { scratch.write("root/etc/\(name)", text) }
    for module in ["unix", "deny", "permit", "faillock"] {
      scratch.write("root/usr/lib/security/pam_\(module).so", "")
    }
    return scratch
  }

  /// Expects that `entry` is refused for `reason`, by apply on `scratch`.
  private func expectRefusal(of entry: String, _ reason: String, _ scratch: borrowing Scratch)
    throws
  {
    scratch.write(
      "p.yaml", "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n      - \(entry)\n")
    let before = scratch.tree()
    let ended = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(ended.status == 3, "\(ended.output)")
    #expect(ended.output.contains(reason), "\(ended.output)")
    #expect(ended.output.contains("--accept-risk a"), "\(ended.output)")
    #expect(scratch.tree().differences(from: before) == [])
  }

  @Test func `ssh stays open to a group of the administrator`() throws {
    let entry = "setting: {file: /etc/ssh/sshd_config, format: sshd, key: AllowGroups, value: "
    let scratch = try host()
    try expectRefusal(
      of: entry + "sudo}", "alice could not come back by ssh: AllowGroups names none of its groups",
      scratch)
    scratch.write(
      "p.yaml",
      "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n      - \(entry)sudo staff}\n")
    #expect(try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes").status == 0)
  }

  @Test(arguments: [
    ("auth required pam_tally2.so deny=5", "would name pam_tally2.so, which is not installed"),
    ("auth requisite pam_deny.so # really", "would refuse everybody by pam_deny.so"),
  ])
  func `a login stack lets people pass`(line: String, reason: String) throws {
    try expectRefusal(
      of: "setting: {file: /etc/pam.d/common-auth, format: lines, line: '\(line)'}", reason, host())
  }

  @Test func `wrong passwords do not lock root out`() throws {
    let file = "setting: {file: /etc/security/faillock.conf, "
    let reason = "even_deny_root lets anybody lock root out by wrong passwords"
    for entry in [
      "format: keyvalue, key: even_deny_root, value: ''}", "format: lines, line: even_deny_root}",
    ] {
      try expectRefusal(of: file + entry, reason, host())
    }
  }

  @Test func `an end of passwords does not stop what runs as an account`() throws {
    let scratch = try host()
    scratch.write("root/var/spool/cron/crontabs/batch", "0 1 * * * true\n")
    try expectRefusal(
      of: "user: {name: batch, ageing: {max: 90}}",
      "an end of its password would stop its cron jobs", scratch)
  }

  @Test func `sudo keeps its set-id bit when a whole directory loses them`() throws {
    let scratch = try host()
    scratch.write("root/usr/bin/sudo", "x")
    try Shell.run("chmod 4755 \(scratch.path)/root/usr/bin/sudo")
    try expectRefusal(
      of: "directory: {path: /usr/bin, recursive: true, files: {mode: {at_most: \"0755\"}}}",
      "/usr/bin/sudo loses its set-id bit (4755 to 0755)", scratch)
  }
}
