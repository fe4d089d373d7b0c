import HardenTestSupport
import Testing

/// What would break a host: each is refused with its reason and nothing is touched, and it is done
/// where the control is accepted by name.
@Suite(.serialized, .enabled(if: Namespace.isAvailable)) struct AcceptedRisksTests {
  // MARK: Images

  struct ImageCase: CustomTestStringConvertible {
    let testDescription: String
    /// Texts by path; `->` begins one that is a link.
    let files: [String: String]
    let entry: String
    let reason: String
    /// A file, and what it says once it is done.
    let done: (file: String, text: String)
  }

  private static let parameters = "etc/sysctl.d/99-zz-harden.conf"
  private static let units = "etc/systemd/system/multi-user.target.wants"

  private static func people(root: String, alice: String, sudo: String) -> [String: String] {
    [
      "etc/passwd": "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n",
      "etc/shadow": "root:\(root):1::::::\nalice:\(alice):1:0:99999:7:::\n",
      "etc/group": "root:x:0:\nsudo:x:27:alice\nalice:x:1000:\n",
      "etc/sudoers": "%sudo ALL=(ALL:ALL) \(sudo)ALL\n",
      "home/alice/.ssh/authorized_keys": "ssh-ed25519 AAAA\n",
    ]
  }

  /// Units whose shell a locked root does not get, and a table by which a boot may stop there.
  private static let rescue = [
    "usr/lib/systemd/system/emergency.service":
      "[Service]\nExecStart=-/usr/lib/systemd/systemd-sulogin-shell emergency\n",
    "etc/fstab": "tmpfs /srv tmpfs rw 0 0\n",
  ]

  private static func parameter(
    _ what: String, _ files: [String: String], _ key: String, _ value: String, _ reason: String
  ) -> ImageCase {
    ImageCase(
      testDescription: what, files: files, entry: "sysctl: {key: \(key), value: \(value)}",
      reason: reason, done: (parameters, "\(key) = \(value)"))
  }

  private static func server(
    _ what: String, _ lines: String, _ key: String, _ value: String, key hasKey: Bool = true,
    _ reason: String
  ) -> ImageCase {
    var files = people(root: "*", alice: "$y$h", sudo: "NOPASSWD: ")
    files["etc/ssh/sshd_config"] = "KbdInteractiveAuthentication no\n\(lines)"
    if !hasKey { files["home/alice/.ssh/authorized_keys"] = "# none\n" }
    return ImageCase(
      testDescription: what, files: files,
      entry: "setting: {file: /etc/ssh/sshd_config, format: sshd, key: \(key), value: '\(value)'}",
      reason: reason, done: ("etc/ssh/sshd_config", "\(key) \(value)"))
  }

  static let images = [
    ImageCase(
      testDescription: "the last administrator",
      files: people(root: "*", alice: "$y$h", sudo: ""),
      entry: "user: {name: alice, shell: /usr/sbin/nologin}",
      reason: "nobody could log in and become root any more; now alice can",
      done: ("etc/passwd", "alice:x:1000:1000::/home/alice:/usr/sbin/nologin")),
    ImageCase(
      testDescription: "root at the console",
      files: people(root: "$y$h", alice: "!", sudo: "NOPASSWD: "),
      entry: "user: {name: root, password: locked}",
      reason: "root could not log in at the console any more, and no other administrator has a",
      done: ("etc/shadow", "root:!")),
    server(
      "methods of ssh", "", "AuthenticationMethods", "publickey,password", key: false,
      "alice could not come back by ssh: AuthenticationMethods wants"),
    server(
      "addresses of ssh", "", "ListenAddress", "127.0.0.1", "ssh answers this host itself only"),
    server("a family of ssh", "", "AddressFamily", "inet6", "ssh answers over IPv6 only"),
    server(
      "a Match of ssh", "Match User bob\n  PasswordAuthentication yes\n", "PasswordAuthentication",
      "no", key: false,
      "alice could not come back by ssh: /home/alice/.ssh/authorized_keys holds no"),
    ImageCase(
      testDescription: "an alias of sudo",
      files: people(root: "*", alice: "$y$h", sudo: "").merging([
        "etc/sudoers": "User_Alias TEAM = alice\nTEAM ALL=(ALL) ALL\n"
      ]) { $1 },
      entry:
        "setting: {file: /etc/sudoers, format: lines, line: User_Alias TEAM = alice, state: absent}",
      reason: "alice could not use sudo any more: no line names it",
      done: ("etc/sudoers", "TEAM ALL=(ALL) ALL\n")),
    ImageCase(
      testDescription: "a boot that stops, and root without its shell",
      files: people(root: "$y$h", alice: "$y$h", sudo: "").merging(rescue) { $1 },
      entry: "user: {name: root, password: locked}\n      - mount: {path: /srv, options: [nodev]}",
      reason:
        "emergency.service (/usr/lib/systemd/system/emergency.service) would give root no shell any more",
      done: ("etc/fstab", "tmpfs /srv tmpfs rw,nodev 0 0")),
    ImageCase(
      testDescription: "an end of a password that a job needs",
      files: people(root: "$y$h", alice: "$y$h", sudo: "").merging([
        "var/spool/cron/crontabs/alice": "0 1 * * * true\n"
      ]) { $1 },
      entry: "user: {name: alice, ageing: {max: 90}}",
      reason: "an end of its password would stop its cron jobs (/var/spool/cron/crontabs/alice)",
      done: ("etc/shadow", "alice:$y$h:1:0:90:7:::")),
    ImageCase(
      testDescription: "a table of mounts that would be worse",
      files: [
        "etc/fstab": "/dev/b /srv/go/tmp ext4 rw 0 0\n/dev/a /srv xfs rw 0 0\n", "srv/go/x": "",
      ], entry: "mount: {path: /srv/go, options: [nodev], bind: true}",
      reason: "the line of /srv/go (/etc/fstab:1) comes before /srv, which hides it",
      done: ("etc/fstab", "/srv/go /srv/go none bind,nofail,defaults,nodev 0 0\n/dev/b ")),
    ImageCase(
      testDescription: "what dpkg was told otherwise",
      files: [
        "usr/bin/tool": "", "var/lib/dpkg/status": "",
        "var/lib/dpkg/statoverride": "root root 4755 /usr/bin/tool\n",
      ], entry: "file: {path: /usr/bin/tool, mode: \"0700\", content: \"x\"}",
      reason: "dpkg was told to give /usr/bin/tool root:root 4755 (/var/lib/dpkg/statoverride:1)",
      done: ("usr/bin/tool", "x")),
    ImageCase(
      testDescription: "files that containers use",
      files: [
        "etc/selinux/config": "SELINUX=permissive\nSELINUXTYPE=test\n",
        "etc/selinux/test/contexts/files/file_contexts": "/srv/d    system_u:object_r:bin_t:s0\n",
        "etc/containers/systemd/web.container": "[Container]\nVolume=/srv/d:/www\n", "srv/d/a": "",
        "srv/made": "",
      ],
      entry:
        "selinux_context: {path: /srv/d, type: bin_t, recursive: true}\n      - file: {path: /srv/made, content: made}",
      reason: "files of /srv/d, which web.container gives its container",
      done: ("srv/made", "made")),
    parameter(
      "a firewall that needs a module later",
      [
        "etc/fstab": "/dev/a / ext4 rw 0 1\n",
        "lib/modules/6.1.0/modules.dep": "kernel/net/netfilter/nf_tables.ko:\n",
        "usr/lib/systemd/system/nftables.service": "[Install]\nWantedBy=multi-user.target\n",
        "\(units)/nftables.service": "-> /usr/lib/systemd/system/nftables.service",
      ], "kernel.modules_disabled", "1",
      "needs the module nf_tables, which could no longer be loaded"),
    parameter(
      "modules that the next boot needs",
      [
        "etc/fstab": "/dev/a / ext4 rw 0 1\n/dev/b /boot/efi vfat rw 0 0\n",
        "lib/modules/6.1.0/modules.dep": "kernel/fs/fat/vfat.ko:\n",
      ], "kernel.modules_disabled", "1", "/boot/efi (/etc/fstab:2) is of type vfat"),
    parameter(
      "a crash kernel", ["\(units)/kdump.service": ""], "kernel.kexec_load_disabled", "1",
      "kdump.service loads a crash kernel at each boot"),
    parameter(
      "containers without root", ["etc/subuid": "alice:100000:65536\n"],
      "user.max_user_namespaces", "0", "alice may run containers without root (/etc/subuid:1)"),
    parameter(
      "pods behind forwarding", ["\(units)/kubelet.service": ""], "net.ipv4.ip_forward", "0",
      "kubelet.service is enabled, and pods need forwarding"),
    parameter(
      "a socket of IPv6",
      [
        "etc/systemd/system/sockets.target.wants/mail.socket": "",
        "usr/lib/systemd/system/mail.socket": "[Socket]\nListenStream=[::1]:25\n",
      ], "net.ipv6.conf.all.disable_ipv6", "1", "mail.socket listens on [::1]:25"),
  ]

  @Test(arguments: images) func `an image is changed only where that is accepted`(
    _ image: ImageCase
  ) throws {
    let scratch = try Scratch()
    for (name, text) in image.files {
      scratch.write("root/\(name)", text)
      guard text.hasPrefix("-> ") else { continue }
      try Shell.run("ln -sfn '\(text.dropFirst(3))' '\(scratch.path)/root/\(name)'")
    }
    scratch.write("p.yaml", Self.playbook(image.entry))
    let before = scratch.tree()
    let refused = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(refused.status == 3, "\(refused.output)")
    #expect(refused.output.contains(image.reason), "\(refused.output)")
    #expect(refused.output.contains("--accept-risk a"), "\(refused.output)")
    #expect(scratch.tree().differences(from: before) == [])
    let other = try scratch.harden(
      "apply", "\(scratch.path)/p.yaml", "--yes", "--accept-risk", "b")
    #expect(other.status == 3, "\(other.output)")
    #expect(scratch.tree().differences(from: before) == [])
    let accepted = try scratch.harden(
      "apply", "\(scratch.path)/p.yaml", "--yes", "--accept-risk", "a")
    #expect(accepted.status == 0, "\(accepted.output)")
    #expect(scratch.text("root/\(image.done.file)")?.contains(image.done.text) == true)
  }

  // MARK: Running hosts

  struct HostCase: CustomTestStringConvertible {
    let testDescription: String
    /// Lines of shell: `/etc` is a copy, and `/mnt` an empty mount with its line in fstab.
    let scene: String
    let entry: String
    let reason: String
    /// A line of shell, and what it prints once it is done.
    let look: String
    let done: String
  }

  private static func mounted(_ what: String, _ scene: String, _ flag: String, _ reason: String)
    -> HostCase
  {
    HostCase(
      testDescription: what, scene: scene, entry: "mount: {path: /mnt, options: [\(flag)]}",
      reason: reason,
      look: "findmnt -no OPTIONS /mnt | grep -ow \(flag); grep -ow \(flag) /etc/fstab",
      done: "\(flag)\n\(flag)\n")
  }

  private static func running(
    _ what: String, _ scene: String, _ key: String, _ value: String, _ reason: String
  ) -> HostCase {
    let path = key.split(separator: ".").joined(separator: "/")
    return HostCase(
      testDescription: what, scene: scene, entry: "sysctl: {key: \(key), value: \(value)}",
      reason: reason,
      look: "cat /proc/sys/\(path); grep -c '^\(key) = ' /etc/sysctl.d/99-zz-harden.conf",
      done: "\(value)\n1\n")
  }

  static let hosts = [
    mounted(
      "a job of cron", "echo '1 2 * * * root /mnt/report' > /etc/cron.d/report", "noexec",
      "noexec stops cron (/etc/cron.d/report:1), which starts /mnt/report"),
    mounted(
      "a set-id program", "install -m 4755 /bin/true /mnt/tool", "nosuid",
      "nosuid takes the rights of /mnt/tool"),
    HostCase(
      testDescription: "sudo on a mount of its own",
      scene: """
        mkdir /mnt/u /mnt/w
        mount -t overlay none -o lowerdir=/usr/bin,upperdir=/mnt/u,workdir=/mnt/w /usr/bin
        echo 'none /usr/bin overlay defaults 0 0' >> /etc/fstab
        rm -f /usr/bin/sudo; install -m 4755 /bin/true /usr/bin/sudo
        """, entry: "mount: {path: /usr/bin, options: [nosuid]}",
      reason: "nosuid takes the rights of /usr/bin/sudo: nobody can become root with it any more",
      look: "findmnt -no OPTIONS /usr/bin | grep -ow nosuid; grep -ow nosuid /etc/fstab",
      done: "nosuid\nnosuid\n"),
    mounted(
      "a device", "mknod /mnt/null c 1 3", "nodev", "nodev makes useless the device file /mnt/null"),
    mounted(
      "a program that runs from there",
      """
      cp /bin/sleep /mnt/agent; /mnt/agent 60 > /dev/null 2>&1 & pid=$!
      until [ "$(cat /proc/$pid/comm)" = agent ]; do sleep 0.1; done
      """, "noexec", "noexec would have stopped agent (pid "),
    mounted(
      "a directory of a container",
      """
      mkdir /mnt/data; mount -t tmpfs none /srv; mkdir /srv/data /srv/usr
      for n in bin lib lib64; do ln -s usr/$n /srv/$n; done
      unshare -m sh -c 'mount --bind /mnt/data /srv/data; mount --rbind /usr /srv/usr; exec chroot /srv sleep 60' > /dev/null 2>&1 & pid=$!
      until grep -q ' /data /data ' /proc/$pid/mountinfo; do sleep 0.1; done
      """, "noexec", "noexec reaches /mnt/data, which sleep (pid "),
    running(
      "containers behind forwarding",
      "ip link add docker0 type bridge; echo 1 > /proc/sys/net/ipv4/ip_forward",
      "net.ipv4.ip_forward", "0", "docker0 leads to containers, which would be cut off"),
    running(
      "containers on a bridge",
      """
      mount -t sysfs none /sys; ip link add docker0 type bridge
      ip link add one type veth peer name two; ip link set one master docker0
      echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables
      """, "net.bridge.bridge-nf-call-iptables", "0",
      "docker0 joins containers (by one), and what they send one another would pass by iptables"),
    running(
      "a debugger",
      // The machine's own parameters are out of sight, and so is what would reach them.
      """
      mkdir -p kernel; mount -t tmpfs none kernel; mkdir kernel/yama kernel/random
      for n in random/boot_id osrelease hostname cap_last_cap pid_max; do cat /proc/sys/kernel/$n > kernel/$n; done
      echo 1 > kernel/yama/ptrace_scope; mount --bind kernel /proc/sys/kernel
      strace -o /dev/null sleep 60 > /dev/null 2>&1 & pid=$!
      until grep -qs "TracerPid:.$pid" /proc/[0-9]*/status; do sleep 0.1; done
      """, "kernel.yama.ptrace_scope", "3", ") traces sleep (pid "),
    running(
      "a way out by IPv6 alone",
      """
      ip link add one type bridge; ip link set one up
      ip -6 addr add 2001:db8::7/64 dev one nodad; ip -6 route add default dev one
      """, "net.ipv6.conf.all.disable_ipv6", "1", "the only way out is IPv6, by one"),
  ]

  /// Ends as scenes do: what `scene` has started is gone.
  private func run(_ host: HostCase, _ scratch: borrowing Scratch) throws -> Launch {
    scratch.write("p.yaml", Self.playbook(host.entry))
    return try scratch.inside(
      """
      pid=; mkdir etc; cp -a /etc/. etc; mount --bind etc /etc; rm -f /etc/sysctl.d/*
      mount -t tmpfs none /mnt; echo 'none /mnt tmpfs defaults 0 0' > /etc/fstab
      { \(host.scene)
      } > scene.txt 2>&1
      look() { { \(host.look); } 2> /dev/null; }
      state() { look; find /etc -printf '%p %m %u %g %s %T@ %l\\n' | sort; cat /proc/self/mountinfo; }
      run() { $H apply p.yaml --yes --state $W/live "$@" > said.txt 2>&1; echo $?; }
      state > before; run; state > after; cp said.txt refused.txt; cmp before after && echo unchanged
      run --accept-risk b; state > after; cmp before after && echo unchanged
      run --accept-risk a; look
      [ -z "$pid" ] || { kill -9 $(pgrep -P $pid) $pid; wait $pid; } 2> /dev/null
      """)
  }

  @Test(arguments: hosts) func `a running host is changed only where that is accepted`(
    _ host: HostCase
  ) throws {
    let scratch = try Scratch()
    let ended = try run(host, scratch)
    let refused = scratch.text("refused.txt") ?? ""
    #expect(
      ended.output == "3\nunchanged\n3\nunchanged\n0\n\(host.done)",
      "\(scratch.text("scene.txt") ?? "")\(refused)\(scratch.text("said.txt") ?? "")")
    #expect(refused.contains(host.reason) && refused.contains("--accept-risk a"), "\(refused)")
  }

  /// The kernel has the last word where somebody writes: acceptance tries, and all is put back.
  @Test func `a mount that is written to stays writable even where that is accepted`() throws {
    let scratch = try Scratch()
    let host = HostCase(
      testDescription: "", scene: "sleep 60 3>> /mnt/log & pid=$!",
      entry: "mount: {path: /mnt, options: [ro]}", reason: "",
      look: "findmnt -no OPTIONS /mnt | cut -c 1-2; cat /etc/fstab", done: "")
    let ended = try run(host, scratch)
    #expect(
      ended.output
        == "3\nunchanged\n3\nunchanged\n1\nrw\nnone /mnt tmpfs defaults 0 0\n",
      "\(scratch.text("said.txt") ?? "")")
    let refused = scratch.text("refused.txt") ?? ""
    #expect(
      refused.contains("ro is refused by the kernel because of sleep (pid ")
        && refused.contains("which has /mnt/log open for writing"), "\(refused)")
  }

  private static func playbook(_ entry: String) -> String {
    "harden: 1\nname: p\ncontrols:\n"
      + "  - id: a\n    ensure:\n      - \(entry)\n"
      + "  - id: b\n    manual: Look.\n"
  }
}
