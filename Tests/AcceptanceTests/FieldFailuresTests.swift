import HardenTestSupport
import Testing

/// What has gone wrong on hosts with mounts, fstab and programs: none of it may happen here.
@Suite(.enabled(if: Namespace.isAvailable)) struct FieldFailuresTests {
  private func playbook(_ entries: String...) -> String {
    "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n"
      + entries.map { "      - \($0)\n" }.joined()
  }

  /// fstab after `entries` were applied to a root that has `fstab`.
  private func fstab(_ fstab: String, _ entries: String...) throws -> String {
    let scratch = try Scratch()
    scratch.write("root/etc/fstab", fstab)
    scratch.write(
      "p.yaml",
      "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n"
        + entries.map { "      - \($0)\n" }.joined())
    let ended = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(ended.status == 0, "\(ended.output)")
    return scratch.text("root/etc/fstab") ?? ""
  }

  @Test func `no line gets another dump or pass number`() throws {
    let text = try fstab(
      "/dev/sda1 / ext4 errors=remount-ro 0 1\ntmpfs /tmp tmpfs size=64M\n/dev/sda2 /srv ext4 rw 0 2\n",
      "mount: {path: [/tmp, /srv], options: [nodev]}")
    #expect(
      text
        == "/dev/sda1 / ext4 errors=remount-ro 0 1\ntmpfs /tmp tmpfs size=64M,nodev\n/dev/sda2 /srv ext4 rw,nodev 0 2\n"
    )
  }

  @Test func `what is mounted keeps its name to the byte`() throws {
    let text = try fstab(
      "UUID=0b8c-11  /home\text4\tdefaults  0\t2\nPARTLABEL=a\\1&b /srv ext4 rw 0 2\n",
      "mount: {path: [/home, /srv], options: [nosuid]}")
    #expect(
      text
        == "UUID=0b8c-11  /home\text4\tdefaults,nosuid  0\t2\nPARTLABEL=a\\1&b /srv ext4 rw,nosuid 0 2\n"
    )
  }

  @Test func `a list of mounts gives none of them another's type`() throws {
    let text = try fstab(
      "/dev/a / xfs rw 0 0\nserver:/x /mnt/x nfs rw 0 0\n/dev/b /home btrfs rw 0 0\n",
      "mount: {path: [/mnt/x, /home], options: [nodev, nosuid]}")
    #expect(
      text
        == "/dev/a / xfs rw 0 0\nserver:/x /mnt/x nfs rw,nodev,nosuid 0 0\n/dev/b /home btrfs rw,nodev,nosuid 0 0\n"
    )
  }

  @Test func `a line of ours cannot stop the boot`() throws {
    let text = try fstab(
      "/dev/a / ext4 rw 0 1\n", "directory: {path: /srv, state: present}",
      "mount: {path: /srv, options: [nodev], bind: true}")
    let ours = try #require(text.split(separator: "\n").last)
    let fields = ours.split(separator: " ")
    #expect(fields[3].split(separator: ",").contains("nofail"), "\(ours)")
    #expect(fields.suffix(2) == ["0", "0"], "\(ours)")
  }

  @Test(arguments: [
    ("tmpfs /tmp tmpfs rw # scratch\n", "tmpfs /tmp tmpfs rw,nodev # scratch\n"),
    ("tmpfs /tmp tmpfs", "tmpfs /tmp tmpfs nodev"),
    ("tmpfs /tmp tmpfs rw 0 0", "tmpfs /tmp tmpfs rw,nodev 0 0"),
    (
      "none /a\\040b tmpfs rw 0 0\nnone /tmp tmpfs rw 0 0\nnone /c tmpfs rw 0 0\n",
      "none /a\\040b tmpfs rw 0 0\nnone /tmp tmpfs rw,nodev 0 0\nnone /c tmpfs rw 0 0\n"
    ),
  ])
  func `lines that others tripped over are kept, once each`(
    before: String, after: String
  ) throws {
    #expect(try fstab(before, "mount: {path: /tmp, options: [nodev]}") == after)
  }

  @Test(arguments: [1, 2, 3, 4]) func `a kill leaves the old text or the new one`(
    at: Int
  ) throws {
    let scratch = try Scratch()
    let (before, after) = ("tmpfs /tmp tmpfs rw 0 0\n", "tmpfs /tmp tmpfs rw,nodev 0 0\n")
    scratch.write("root/etc/fstab", before)
    scratch.write("p.yaml", playbook("mount: {path: /tmp, options: [nodev]}"))
    _ = try scratch.inside(
      "strace -f -o /dev/null -e trace=renameat2 -e inject=renameat2:signal=SIGKILL:when=\(at) $H apply p.yaml --yes $R"
    )
    let torn = scratch.text("root/etc/fstab")
    #expect(torn == before || torn == after, "\(torn ?? "gone")")
    _ = try scratch.harden("recover", "--yes")
    let left = scratch.text("root/etc/fstab")
    #expect(left == before || left == after)
    #expect(try Shell.run("ls -A \(scratch.path)/root/etc | grep -c harden || true") == "0\n")
  }

  @Test func `sudo does not lose its rights unasked`() throws {
    let scratch = try Scratch()
    try Shell.run("mkdir -p \(scratch.path)/root/usr/bin")
    scratch.write("root/usr/bin/sudo", "x")
    try Shell.run("chmod 4755 \(scratch.path)/root/usr/bin/sudo")
    scratch.write("p.yaml", playbook("file: {path: /usr/bin/sudo, mode: {at_most: \"0755\"}}"))
    let refused = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(refused.status == 3 && refused.output.contains("--accept-risk a"), "\(refused.output)")
    #expect(try Shell.run("stat -c %a \(scratch.path)/root/usr/bin/sudo") == "4755\n")
    let accepted = try scratch.harden(
      "apply", "\(scratch.path)/p.yaml", "--yes", "--accept-risk", "a")
    #expect(accepted.status == 0)
    #expect(try Shell.run("stat -c %a \(scratch.path)/root/usr/bin/sudo") == "755\n")
  }

  /// Packages that ask questions run scripts of theirs, which an older debconf unpacks into /tmp.
  @Test(arguments: [
    ("true", "/tmp", "#! old", true),
    (
      "echo 'APT::ExtractTemplates::TempDir \"/x\";' > etc/apt/apt.conf.d/50x", "/tmp", "# old",
      false
    ),
    ("true", "/tmp", "$tempdir='/var/cache/debconf/tmp.ci'", false),
    ("true", "/var/cache", "$tempdir='/var/cache/debconf/tmp.ci'", true),
  ])
  func `where packages unpack their questions is said`(
    prepare: String, mount: String, debconf: String, isSaid: Bool
  ) throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("mount: {path: \(mount), options: [noexec]}"))
    scratch.write("debconf", debconf)
    let ended = try scratch.inside(
      """
      mkdir etc; cp -a /etc/. etc; mount --bind etc /etc; rm -rf etc/apt/apt.conf.d/*
      \(prepare); mount --bind debconf /usr/sbin/dpkg-preconfigure
      mount -t tmpfs none /var/cache; echo 'tmpfs \(mount) tmpfs rw 0 0' > /etc/fstab
      $H plan p.yaml --state $W/live
      """)
    #expect(ended.output.contains("1 to change"), "\(ended.output)")
    #expect(ended.output.contains("packages run the questions") == isSaid, "\(ended.output)")
  }

  @Test func `noexec where dpkg runs the scripts of packages is refused`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("mount: {path: /var/lib/dpkg, options: [noexec]}"))
    let ended = try scratch.inside(
      """
      mkdir etc; cp -a /etc/. etc; mount --bind etc /etc; mount -t tmpfs none /var/lib/dpkg
      mkdir /var/lib/dpkg/info; echo 'tmpfs /var/lib/dpkg tmpfs rw 0 0' > /etc/fstab
      $H apply p.yaml --yes --state $W/live 2>&1; echo "refused $?"
      findmnt -rno OPTIONS /var/lib/dpkg | grep -c noexec
      """)
    #expect(ended.output.hasSuffix("refused 3\n0\n"), "\(ended.output)")
    #expect(ended.output.contains("which dpkg runs from /var/lib/dpkg/info"), "\(ended.output)")
  }

  @Test func `harden does not make itself impossible to run`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("mount: {path: /mnt, options: [noexec]}"))
    let ended = try scratch.inside(
      """
      mkdir etc; cp -a /etc/. etc; mount --bind etc /etc; mount -t tmpfs none /mnt
      echo 'tmpfs /mnt tmpfs rw 0 0' > /etc/fstab; cp $H /mnt/harden
      /mnt/harden apply p.yaml --yes --state $W/live 2>&1; echo "refused $?"
      findmnt -rno OPTIONS /mnt | grep -c noexec
      """)
    #expect(ended.output.hasSuffix("refused 3\n0\n"), "\(ended.output)")
    #expect(ended.output.contains("harden itself, which is /mnt/harden"), "\(ended.output)")
  }

  /// Where /var is noexec, harden works; a guard, whose copy of harden would lie there, cannot, and
  /// that is said before anything is touched.
  @Test func `runs kept where nothing can be executed are done and undone, and never guarded`()
    throws
  {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("file: {path: /srv/made, content: \"x\\n\"}"))
    let ended = try scratch.inside(
      """
      mount -t tmpfs none /srv; mount -t tmpfs -o noexec none /mnt; S="--state /mnt/live"
      $H apply p.yaml --yes $S > /dev/null; echo "apply $?"; cat /srv/made
      $H rollback --yes $S > /dev/null; echo "rollback $?"; ls /srv
      $H apply p.yaml --yes --confirm-within 60s $S > guarded.txt 2>&1; echo "guarded $?"; ls /srv
      $H status $S > /dev/null; echo "status $?"
      """)
    #expect(
      ended.output == "apply 0\nx\nrollback 0\nguarded 1\nstatus 0\n",
      "\(ended.output)\(scratch.text("guarded.txt") ?? "")")
    #expect(scratch.text("guarded.txt")?.contains("/mnt/live/guard/harden") == true)
  }

  @Test func `a new owner costs a program none of its capabilities`() throws {
    let scratch = try Scratch()
    scratch.write("root/usr/bin/probe", "x")
    try Shell.run(
      "chmod 755 \(scratch.path)/root/usr/bin/probe; chown 7 \(scratch.path)/root/usr/bin/probe; setcap cap_net_raw=ep \(scratch.path)/root/usr/bin/probe"
    )
    scratch.write("p.yaml", playbook("file: {path: /usr/bin/probe, owner: root}"))
    let ended = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(ended.status == 0, "\(ended.output)")
    #expect(try Shell.run("stat -c %u \(scratch.path)/root/usr/bin/probe") == "0\n")
    #expect(
      try Shell.run("getcap \(scratch.path)/root/usr/bin/probe").contains("cap_net_raw=ep"))
  }

  @Test func `the other flags stay, and what is said is what is`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("mount: {path: /mnt, options: [noexec, relatime]}"))
    let ended = try scratch.inside(
      """
      mkdir etc; cp -a /etc/. etc; mount --bind etc /etc
      mount -t tmpfs -o nosuid,nodev,noatime none /mnt; echo 'none /mnt tmpfs nosuid,nodev,noatime 0 0' > /etc/fstab
      $H apply p.yaml --yes --state $W/live > apply.txt 2>&1; echo "apply $?"
      findmnt -rno VFS-OPTIONS /mnt
      $H rollback --yes --state $W/live > rollback.txt 2>&1; echo "rollback $?"
      findmnt -rno VFS-OPTIONS /mnt; cat /etc/fstab
      """)
    #expect(
      ended.output
        == "apply 0\nrw,nosuid,nodev,noexec,relatime\nrollback 0\nrw,nosuid,nodev,noatime\nnone /mnt tmpfs nosuid,nodev,noatime 0 0\n",
      "\(ended.output)\(scratch.text("apply.txt") ?? "")")
  }

  /// A library took a remount for done that the kernel had never been asked for.
  @Test func `a change of flags that did not happen is a failure, and nothing of it stays`() throws
  {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("mount: {path: /mnt, options: [noexec]}"))
    let ended = try scratch.inside(
      """
      mkdir etc; cp -a /etc/. etc; mount --bind etc /etc
      mount -t tmpfs none /mnt; echo 'none /mnt tmpfs rw 0 0' > /etc/fstab
      strace -f -o /dev/null -e trace=mount_setattr -e inject=mount_setattr:retval=0 \
        $H apply p.yaml --yes --state $W/live > apply.txt 2>&1; echo "apply $?"
      findmnt -rno VFS-OPTIONS /mnt; cat /etc/fstab
      """)
    #expect(
      ended.output == "apply 1\nrw,relatime\nnone /mnt tmpfs rw 0 0\n",
      "\(ended.output)\(scratch.text("apply.txt") ?? "")")
    #expect(scratch.text("apply.txt")?.contains("not as wanted after being written") == true)
  }

  /// Logins and polkit break where processes are hidden from them.
  @Test func `hidepid is not to be had, and stays where somebody has set it`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", playbook("mount: {path: /proc, options: [hidepid=2]}"))
    let refused = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(refused.status == 3, "\(refused.output)")
    #expect(refused.output.contains("ProtectProc="), "\(refused.output)")
    let text = try fstab(
      "proc /proc proc defaults,hidepid=2,gid=27 0 0\n", "mount: {path: /proc, options: [nosuid]}")
    #expect(text == "proc /proc proc defaults,hidepid=2,gid=27,nosuid 0 0\n")
  }

  /// An image with a policy and with SELinux in `mode`.
  private func selinux(_ mode: String) throws -> Scratch {
    let scratch = try Scratch()
    scratch.write("root/etc/selinux/config", "SELINUX=\(mode)\nSELINUXTYPE=test\n")
    scratch.write("root/etc/selinux/test/policy/policy.33", "")
    scratch.write("p.yaml", playbook("selinux: {mode: enforcing}"))
    return scratch
  }

  @Test func `what was off never boots into enforcing without labels`() throws {
    let scratch = try selinux("disabled")
    for _ in 0..<2 {
      let ended = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
      #expect(ended.status == 0, "\(ended.output)")
      #expect(scratch.text("root/etc/selinux/config") == "SELINUX=permissive\nSELINUXTYPE=test\n")
      #expect(scratch.text("root/.autorelabel") == "")
    }
    let plan = try scratch.harden("plan", "\(scratch.path)/p.yaml", "--detailed-exitcode")
    #expect(plan.status == 6, "it waits for the boot that labels: \(plan.output)")
    #expect(try scratch.harden("rollback", "--yes").status == 0)
    #expect(scratch.text("root/etc/selinux/config") == "SELINUX=disabled\nSELINUXTYPE=test\n")
    #expect(scratch.text("root/.autorelabel") == nil)
  }

  @Test func `enforcing over files without labels is refused, and done once accepted`() throws {
    let scratch = try selinux("permissive")
    let refused = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(refused.status == 3, "\(refused.output)")
    #expect(scratch.text("root/etc/selinux/config") == "SELINUX=permissive\nSELINUXTYPE=test\n")
    let accepted = try scratch.harden(
      "apply", "\(scratch.path)/p.yaml", "--yes", "--accept-risk", "a")
    #expect(accepted.status == 0, "\(accepted.output)")
    #expect(scratch.text("root/etc/selinux/config") == "SELINUX=enforcing\nSELINUXTYPE=test\n")
  }
}
