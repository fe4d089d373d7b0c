import Foundation
import HardenTestSupport
import Testing

@Suite struct FoundHostTests {
  /// What `init` gives for `subjects`, checked and planned again; the playbook is left as `p.yaml`.
  static func found(_ subjects: [String], on host: RootedHost) throws -> String {
    let made = try Program.run(
      ["init", "--root", host.path("root"), "--from-host"] + subjects)
    #expect(made.status == 0 && made.messages.isEmpty, "\(made)")
    try host.write("p.yaml", made.output)
    let check = try Program.run(["check", host.path("p.yaml")])
    #expect(check.status == 0, "\(check)\n\(made.output)")
    #expect(try plan(host) == 0, "\(made.output)")
    return made.output
  }

  /// The code of the plan of `p.yaml`: 2 for changes.
  static func plan(_ host: RootedHost) throws -> Int32 {
    try host.harden("plan", "p.yaml", "--detailed-exitcode").status
  }

  @Test func `what would not hold is a comment with the reason`() throws {
    let host = try RootedHost()
    try host.write("root/etc/sysctl.d/99-zz-harden.conf", "# harden: base/a\nkernel.sysrq = 4\n")
    try host.write("root/etc/sysctl.d/10-other.conf", "kernel.panic = 10\n")
    let text = try Self.found(["sysctl:kernel"], on: host)
    #expect(text.contains("            kernel.sysrq: 4\n"), "\(text)")
    #expect(
      text.contains("# left out: sysctl[kernel.panic]: file is nothing and would be 10"), "\(text)")
    try host.write("root/etc/sysctl.d/99-zz-harden.conf", "# harden: base/a\nkernel.sysrq = 5\n")
    #expect(try Self.plan(host) == 2)
  }

  /// A subject, what brings such a thing about, a part of the text, and what changes it afterwards.
  static let cases: [(subject: String, setup: String, part: String, change: String)] = [
    (
      "service:*",
      """
      d=root/etc/systemd/system; mkdir -p $d/a.target.wants root/usr/lib/systemd/system
      printf '[Service]\nExecStart=/x\n[Install]\nWantedBy=a.target\n' > root/usr/lib/systemd/system/web.service
      ln -s /usr/lib/systemd/system/web.service $d/a.target.wants/web.service
      """, "- service: {unit: web.service, enabled: true}",
      "rm root/etc/systemd/system/a.target.wants/web.service"
    ),
    (
      "mount:*", "printf 'tmpfs /tmp tmpfs nosuid 0 0\n' > root/etc/fstab",
      "- mount: {path: /tmp, options: [nosuid, relatime]}", "sed -i s/nosuid/rw/ root/etc/fstab"
    ),
    (
      "user:*", "printf 'root:*:1::::::\n' > root/etc/shadow",
      "- user: {name: root, uid: 0, group: root, home: /root, shell: /bin/sh, password: locked}",
      "sed -i s,/bin/sh,/bin/bash, root/etc/passwd"
    ),
    (
      "group:r*", ":", "- group: {name: root, gid: 0, members: []}",
      "sed -i s/:0:/:0:root/ root/etc/group"
    ),
    (
      "file:/etc/*", "chmod 640 root/etc/group",
      "- file: {path: /etc/group, owner: root, group: root, mode: \"0640\"}",
      "chmod 644 root/etc/group"
    ),
    (
      "file:/etc/issue",
      "printf 'a: ${x}\n\n #\\n\\l  \n' > root/etc/issue; chmod 644 root/etc/issue",
      "          content: |\n            a: ${x}\n\n             #\n            \\l  \n",
      "echo b > root/etc/issue"
    ),
    (
      "file_capability:/usr/bin/*",
      "mkdir -p root/usr/bin; echo > root/usr/bin/p; setcap cap_net_raw=ep root/usr/bin/p",
      "- file_capability: {path: /usr/bin/p, capabilities: cap_net_raw=ep}",
      "setcap -r root/usr/bin/p"
    ),
    (
      "kernel_module:*",
      "mkdir root/etc/modprobe.d; printf 'install udf /bin/false\nblacklist udf\n' > root/etc/modprobe.d/a.conf",
      "- kernel_module: {name: udf, state: blocked}", "rm root/etc/modprobe.d/a.conf"
    ),
    (
      "audit_rule:*",
      """
      mkdir -p root/usr/sbin root/etc/audit/rules.d; touch root/usr/sbin/augenrules
      printf 'harden: 1\nname: base\ncontrols: [{id: a, ensure: [audit_rule: {watch: /etc/passwd, key: b}, audit_rule: {watch: /etc/group, key: a}]}]\n' > playbook.yaml
      "$HARDEN" apply playbook.yaml --root root --yes > applied.txt
      """, "- audit_rule: {rule: \"-w /etc/passwd -k b\"}",
      "rm root/etc/audit/rules.d/*"
    ),
    (
      "setting:/etc/login.defs", "printf 'UMASK 022\n# x\nENV_PATH a:${b}\n' > root/etc/login.defs",
      "          format: login.defs\n          set:\n            UMASK: \"022\"\n            ENV_PATH: \"a:$${b}\"\n",
      "sed -i s/022/027/ root/etc/login.defs"
    ),
    (
      "link:/etc/*", "ln -s '$${x}: #' root/etc/l",
      "- link: {path: /etc/l, target: \"$$${x}: #\"}", "ln -sfn b root/etc/l"
    ),
    (
      "directory:/*", "mkdir -m 2750 root/srv",
      "- directory: {path: /srv, owner: root, group: root, mode: \"2750\"}", "chmod 755 root/srv"
    ),
  ]

  @Test(arguments: cases)
  func `each kind: found, planned without changes, and changed`(
    subject: String, setup: String, part: String, change: String
  ) throws {
    let host = try RootedHost()
    let made = try Program.shell("set -e; \(setup)", in: host.folder.path())
    #expect(made.status == 0, "\(made)")
    let text = try Self.found([subject], on: host)
    #expect(text.contains(part), "\(text)")
    #expect(try Program.shell(change, in: host.folder.path()).status == 0)
    let plan = try host.harden("plan", "p.yaml", "--detailed-exitcode")
    #expect([2, 4].contains(plan.status), "\(plan)")
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `the parameters of a network, and what changes afterwards`() throws {
    let work = try RootedHost()
    let result = try Program.shell(
      """
      unshare -n -m sh -c '
      "$HARDEN" init --from-host "sysctl:net.ipv*.conf" --output p.yaml
      "$HARDEN" check p.yaml
      "$HARDEN" plan p.yaml --detailed-exitcode --state none > plan.txt; echo "plan $?"
      echo 2 > /proc/sys/net/ipv4/conf/lo/arp_ignore
      "$HARDEN" plan p.yaml --detailed-exitcode --state none > plan.txt; echo "changed $?"
      grep -c -- "^  ~ sysctl" plan.txt'
      """, in: work.folder.path())
    let lines = result.output.split(separator: "\n")
    #expect(lines.first?.contains(/^p.yaml: [1-9][0-9]+ resources/) == true, "\(result)")
    #expect(lines.suffix(3) == ["plan 0", "changed 2", "1"], "\(result)")
    #expect(work.text("p.yaml")?.contains("persist: false") == true)
  }

  @Test(arguments: [
    ("sysctl", 64, "is not of the form KIND:PATTERN"), ("sysctl:", 64, "KIND:PATTERN"),
    ("sysct:x", 64, "did you mean 'sysctl'?"), ("probe:x", 64, "cannot be read from a host"),
    ("sysctl:a b", 64, "can match nothing"), ("sysctl:none.*", 3, "sysctl:none.* matches nothing"),
    ("sysctl:kernel", 3, "nothing of it can be asked for"),
  ])
  func `mistakes name what is wrong`(subject: String, status: Int32, message: String) throws {
    let host = try RootedHost()
    try host.write("root/etc/sysctl.d/10-other.conf", "kernel.panic = 10\n")
    let result = try host.harden("init", "--from-host", subject)
    #expect(result.status == status && result.messages.contains(message), "\(result)")
    #expect(result.output.isEmpty)
  }

  @Test func `every subject is looked at before the host is`() throws {
    let host = try RootedHost()
    let result = try host.harden("init", "--from-host", "sysctl:none", "nothing:x")
    #expect(result.status == 64 && result.messages.contains("there is no kind 'nothing'"))
    let idle = try host.harden(
      "init", "--from-host", "sysctl:none", "link:/etc/*", "user:root", "user:x")
    #expect(
      idle.messages.contains("sysctl:none and link:/etc/* and user:x match nothing"), "\(idle)")
  }
}
