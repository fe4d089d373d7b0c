import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct MountObservingTests {
  private func mount(_ yaml: String) throws -> Mount {
    let entry = try Entry<Mount>(yaml)
    #expect(entry.messages == [])
    return try #require(entry.resources.first)
  }

  private func observe(_ host: borrowing Host, _ yaml: String) throws -> Observation {
    let mount = try mount(yaml)
    let observation = try mount.observe(host, for: .test)
    if !observation.steps.isEmpty {
      let again = try mount.observe(try host.after(observation.steps, contents: [:]), for: .test)
      #expect(again.holds, "\(again)")
      #expect(again.steps.isEmpty, "\(again.steps)")
    }
    return observation
  }

  private func observe(_ root: TemporaryRoot, _ yaml: String) throws -> Observation {
    try observe(try Host(root: root.path), yaml)
  }

  // MARK: Images: only what is durable

  @Test func `the line of an image is brought to what is wanted`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/fstab", "# table\ntmpfs /tmp tmpfs rw,exec 0 0\n")
    #expect(
      try observe(root, "{path: /tmp, options: [noexec, nodev]}").lines == [
        "file rw,exec (/etc/fstab:2) -> rw,noexec,nodev",
        "boot rw,relatime (/etc/fstab:2) -> rw,nodev,noexec,relatime",
      ])
    #expect(try observe(root, "{path: /tmp, forbid: [ro]}").holds)
    #expect(
      try observe(root, "{path: /home, options: [nodev]}").standing
        == .notApplicable("/home is no mount point"))
  }

  @Test func `a line for what systemd mounts names every flag, since a remount takes them from it`()
    throws
  {
    let root = try TemporaryRoot()
    let observation = try observe(root, "{path: /dev/shm, options: [noexec]}")
    guard case .editFile(let order)? = observation.steps.first else {
      Issue.record("\(observation)")
      return
    }
    #expect(
      order.edits.map(\.after) == [
        "tmpfs /dev/shm tmpfs defaults,nosuid,nodev,noexec,strictatime 0 0"
      ])
    #expect(try observe(root, "{path: /dev/shm, options: [nodev]}").holds)
  }

  @Test func `a directory of an image is mounted onto itself at boot`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/srv/go tmp")
    let observation = try observe(
      root, "{path: \"/srv/go tmp\", options: [nodev, nosuid], bind: true}")
    guard case .editFile(let order)? = observation.steps.first else {
      Issue.record("\(observation)")
      return
    }
    #expect(
      order.edits.map(\.after)
        == ["/srv/go\\040tmp /srv/go\\040tmp none bind,nofail,defaults,nosuid,nodev 0 0"])
    #expect(
      try observe(root, "{path: /none, options: [nodev], bind: true}").standing
        == .refused("there is no such directory; let another resource make it"))
  }

  @Test func `a line comes before the unit of a package, with what the unit says`() throws {
    let root = try TemporaryRoot()
    let unit = "[Mount]\nWhat=tmpfs\nWhere=/tmp\nType=tmpfs\nOptions=mode=1777,nosuid,size=50%%\n"
    root.write("/usr/lib/systemd/system/tmp.mount", unit)
    let observation = try observe(root, "{path: /tmp, options: [nosuid, noexec]}")
    #expect(
      observation.lines == [
        "file - -> mode=1777,nosuid,size=50%,noexec",
        "boot rw,nosuid,relatime (/usr/lib/systemd/system/tmp.mount:5) -> rw,nosuid,noexec,relatime",
      ], "\(observation.lines)")
    guard case .editFile(let order)? = observation.steps.first else {
      Issue.record("\(observation)")
      return
    }
    #expect(
      order.edits.map(\.after) == ["tmpfs /tmp tmpfs mode=1777,nosuid,size=50%,noexec 0 0"])
    #expect(try observe(root, "{path: /tmp, options: [nosuid]}").holds)
    // What only systemd can tell, what needs a device, and an administrator's unit stay refused.
    for (from, to) in [("50%%", "%t"), ("Type=tmpfs", "Type=ext4")] {
      root.write("/usr/lib/systemd/system/tmp.mount", unit.replacing(from, with: to))
      let standing = try observe(root, "{path: /tmp, options: [noexec]}").standing
      guard case .refused = standing else {
        Issue.record("\(standing)")
        continue
      }
    }
  }

  @Test func `a unit that replaces the line is named, and a second line is refused`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/fstab", "tmpfs /tmp tmpfs nodev 0 0\na /var b c\na /var b c\n")
    root.write("/etc/systemd/system/tmp.mount", "[Mount]\nWhat=tmpfs\nOptions=nosuid\n")
    #expect(
      try observe(root, "{path: /tmp, options: [nodev]}").standing
        == .refused(
          "/etc/systemd/system/tmp.mount:3 says how it is mounted at boot, and /etc/fstab does not count; change its Options= there"
        ))
    #expect(try observe(root, "{path: /tmp, options: [nosuid]}").holds)
    #expect(
      try observe(root, "{path: /var, options: [nodev]}").standing
        == .refused("/etc/fstab has more than one line for it (2 and 3); take all but one away"))
  }

  /// Where lines are mounted in their order, one of ours must not come to lie below a later one.
  @Test func `a table that would be worse is a risk, and what is wrong with a line is said`() throws
  {
    let root = try TemporaryRoot()
    root.makeDirectory("/srv/go")
    root.write("/etc/fstab", "/dev/b /srv/go/tmp ext4 rw 0 0\n/dev/a /srv xfs rw 0 0\n")
    let yaml = "{path: /srv/go, options: [nodev], bind: true}"
    #expect(
      try observe(root, yaml).risks == [
        "with this, the line of /srv/go (/etc/fstab:1) comes before /srv, which hides it"
      ])
    // An option makes no order worse.
    let edited = try observe(root, "{path: /srv/go/tmp, options: [nodev]}")
    #expect(edited.risks == [])
    #expect(
      edited.notes == [
        "as it is, the line of /srv/go/tmp (/etc/fstab:1) comes before /srv, which hides it"
      ])
    root.write("/etc/fstab", "/dev/a /srv xfs rw 0 0\n/dev/b /srv/go/tmp ext4 rw 0 0\n")
    let sorted = try observe(root, yaml)
    #expect(sorted.risks == [] && sorted.notes == [])
  }

  // MARK: Live mounts

  @Test(.enabled(if: Namespace.isAvailable)) func `live and durable halves are compared apart`()
    throws
  {
    try Namespace.run {
      let root = try TemporaryRoot()
      try Shell.run("mount -t tmpfs -o nosuid,noatime none /mnt")
      root.write("/fstab", "none /mnt tmpfs nodev 0 0\n")
      try Shell.run("cp -a /etc \(root.path)/etc2; cp \(root.path)/fstab \(root.path)/etc2/fstab")
      try Namespace.bind(root.outside("/etc2"), at: "/etc")
      let observation = try observe(try Host(), "{path: /mnt, options: [nodev, nosuid]}")
      #expect(
        observation.lines == [
          "now rw,nosuid,noatime -> rw,nosuid,nodev,noatime",
          "file nodev (/etc/fstab:1) -> nodev,nosuid",
          "boot rw,nodev,relatime (/etc/fstab:1) -> rw,nosuid,nodev,relatime",
        ])
      #expect(
        observation.steps.first
          == .setMountAttributes(SetMountAttributes(path: "/mnt", before: [], after: [.nodev])))
    }
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `a bind mount that did not come up at boot keeps its line`() throws {
    let observation = try Namespace.run {
      let root = try TemporaryRoot()
      try Shell.run("mount -t tmpfs none /mnt; mkdir /mnt/a")
      root.write("/fstab", "/mnt/a /mnt/a none bind,nofail,defaults,nodev 0 0\n")
      try Namespace.bind(root.outside("/fstab"), at: "/etc/fstab")
      return try observe(try Host(), "{path: /mnt/a, options: [nodev], bind: true}")
    }
    #expect(
      observation.lines == [
        "now - -> mounted onto itself, rw,nodev,relatime",
        "file bind,nofail,defaults,nodev (/etc/fstab:1) -> bind,nofail,defaults,nodev holds",
        "boot rw,nodev,relatime (/etc/fstab:1) -> rw,nodev,relatime holds",
      ])
    #expect(
      observation.steps == [
        .bindMount(BindMount(path: "/mnt/a", flags: [.nodev, .relatime], isMounted: true))
      ])
  }

  @Test(.enabled(if: Namespace.isAvailable), arguments: [false, true])
  func `a bind mount that SELinux would not have at boot is refused`(mayMount: Bool) throws {
    let standing = try Namespace.run {
      let root = try TemporaryRoot()
      try Shell.run("mount -t tmpfs none /mnt; mkdir /mnt/a")
      try PolicyInFront.put(
        in: root, program: "/usr/bin/mount", target: "/mnt/a",
        allowed: "\(mayMount ? 400 : 0) ffffffff 0 ffffffff 1 0")
      return try observe(try Host(), "{path: /mnt/a, options: [nodev], bind: true}").standing
    }
    let why =
      "SELinux lets what mounts at boot (mount_t) not mount over lib_t; turn its boolean "
      + "allow_mount_anyfile on (mount_anyfile in Fedora), or give /mnt/a a label that it may mount "
      + "over"
    #expect(standing == (mayMount ? .measured : .refused(why)))
  }

  /// What `yaml` asks of /mnt, which is mounted and mounted again by `script`.
  private func remounted(_ script: String, _ yaml: String) throws -> Observation {
    try Namespace.run {
      let root = try TemporaryRoot()
      try Shell.run(script)
      root.write("/fstab", "none /mnt tmpfs nodev 0 0\n")
      try Namespace.bind(root.outside("/fstab"), at: "/etc/fstab")
      return try observe(try Host(), yaml)
    }
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `a file system that is read-only as a whole is not taken for one that can be written`()
    throws
  {
    // As the kernel leaves it after an error.
    let sealed = "mount -t tmpfs -o ro none /mnt && mount -o remount,bind,rw none /mnt"
    let writable = try remounted(sealed, "{path: /mnt, forbid: [ro]}")
    #expect(
      writable.standing
        == .refused(
          "its file system is read-only as a whole, as after an error; mount -o remount,rw once the "
            + "cause is known"))
    #expect(writable.lines == ["now rw,relatime, file system ro -> rw,relatime"])
    let closed = try remounted(sealed, "{path: /mnt, options: [ro]}")
    #expect(closed.lines.first == "now rw,relatime, file system ro -> ro,relatime")
    #expect(
      closed.steps.first
        == .setMountAttributes(SetMountAttributes(path: "/mnt", before: [], after: [.readOnly])))
    let other = try remounted(sealed, "{path: /mnt, options: [nodev]}")
    #expect(other.lines.first == "now rw,relatime, file system ro -> rw,nodev,relatime")
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `a mount that is read-only by itself is opened, and holds as what it is`() throws {
    let closed = "mount -t tmpfs none /mnt && mount -o remount,bind,ro none /mnt"
    let opened = try remounted(closed, "{path: /mnt, forbid: [ro]}")
    #expect(opened.lines.first == "now ro,relatime -> rw,relatime")
    #expect(
      opened.steps == [
        .setMountAttributes(SetMountAttributes(path: "/mnt", before: [.readOnly], after: []))
      ])
    #expect(
      try remounted(closed, "{path: /mnt, options: [ro]}").lines.first
        == "now ro,relatime -> ro,relatime holds")
  }

  @Test(.enabled(if: Namespace.isAvailable)) func `a mount that nothing makes at boot is refused`()
    throws
  {
    let standing = try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt")
      return try observe(try Host(), "{path: /mnt, options: [nodev]}").standing
    }
    #expect(
      standing
        == .refused(
          "nothing mounts it at boot that harden could change; give it a line in /etc/fstab"))
  }
}
