import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SELinuxObservingTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/selinux/test/policy/policy.33", "")
  }

  private func configure(_ mode: String) {
    root.write("/etc/selinux/config", "SELINUX=\(mode)\nSELINUXTYPE=test\n")
  }

  /// Labels every file of the image, so that nothing speaks against enforcing.
  private func relabel() throws {
    try Shell.run(
      "find \(root.path) | while read f; do setfattr -h -n security.selinux"
        + " -v 'system_u:object_r:etc_t:s0\\000' \"$f\"; done")
  }

  private func observe(isOn: Bool = true) throws -> Observation {
    try SELinux(nil, isOn: isOn).observe(Host(root: root.path), for: .test)
  }

  /// What `isOn` asks for on a live host whose kernel says `enforce`, none where SELinux is off.
  private func live(
    _ enforce: String?, isOn: Bool = true, commandLine: String = "quiet",
    modules: String = "capability,selinux"
  ) throws -> Observation {
    let root = root
    return try Namespace.run {
      if let enforce { root.write("/sys/fs/selinux/enforce", enforce) }
      root.write("/sys/kernel/security/lsm", modules)
      root.write("/cmdline", "\(commandLine)\n")
      for path in ["/etc", "/usr", "/var", "/root"] {
        root.makeDirectory(path)
        try Namespace.bind(root.outside(path), at: path)
      }
      try Namespace.bind(root.outside("/sys"), at: "/sys")
      try Namespace.bind(root.outside("/cmdline"), at: "/proc/cmdline")
      let one = SELinux(nil, isOn: isOn)
      let observation = try one.observe(Host(), for: .test)
      let contents = Dictionary(
        uniqueKeysWithValues: observation.contents.map { (Digest(of: $0.raw), $0.raw) })
      let again = try one.observe(
        try Host().after(observation.steps, contents: contents), for: .test)
      #expect(again.steps.isEmpty && !again.differs)
      return observation
    }
  }

  @Test func `an image has a mode for its first boot`() throws {
    configure("enforcing")
    #expect(try observe().holds)
    let weaker = try observe(isOn: false)
    #expect(weaker.lines == ["boot enforcing (/etc/selinux/config:1) -> permissive"])
    #expect(weaker.risks == [] && weaker.steps.map(\.target) == ["/etc/selinux/config"])
  }

  /// A host went from disabled straight to enforcing, had no labels, and came up in
  /// maintenance mode.
  @Test(arguments: ["disabled", "enforcing"])
  func `what was off never enforces before a boot has labelled it`(config: String) throws {
    configure(config)
    let observation = try live(nil)
    #expect(
      observation.lines == [
        "now disabled -> enforcing",
        "boot \(config) (/etc/selinux/config:1) -> permissive, with a relabel",
      ])
    #expect(observation.steps.map(\.target) == ["/.autorelabel", "/etc/selinux/config"])
    #expect(observation.steps.map(\.phase) == [.first, .durable], "the relabel is asked for first")
    for case .editFile(let order) in observation.steps {
      #expect(order.edits.map(\.after) == ["SELINUX=permissive"])
    }
    #expect(observation.awaits == nil && observation.notes.count == 1)
  }

  @Test func `what containers use is named before a relabel`() throws {
    configure("disabled")
    #expect(try observe().notes.count == 1)
    root.makeDirectory("/var/lib/docker/volumes/db/_data")
    let notes = try observe().notes
    #expect(
      notes.last?.hasPrefix(
        "the relabel gives /var/lib/docker/volumes/db/_data, a volume of docker the label of its path"
      )
        == true, "\(notes)")
    configure("permissive")
    try relabel()
    #expect(try observe().notes == [], "there is no relabel")
  }

  @Test func `after the first apply it waits for the boot, and after the boot it enforces`()
    throws
  {
    configure("permissive")
    root.write("/.autorelabel", "")
    #expect(try observe().awaits == .reboot, "an image")
    try Shell.run("rm \(root.outside("/.autorelabel"))")
    try relabel()
    let next = try live("0")
    #expect(
      next.lines == [
        "now permissive -> enforcing", "boot permissive (/etc/selinux/config:1) -> enforcing",
      ])
    #expect(next.risks == [])
    #expect(next.steps.map(\.target) == ["selinux enforcement", "/etc/selinux/config"])
  }

  @Test func `enforcing over files without labels is a risk that names one`() throws {
    configure("permissive")
    let bare = try live("0")
    #expect(bare.risks.count == 1)
    #expect(bare.risks.first?.contains("files looked at have no label, /etc/") == true)
    try relabel()
    #expect(try live("0").risks == [])
    configure("enforcing")
    try relabel()
    #expect(try live("1").risks == [], "what enforces already is not held back")
  }

  @Test func `denials that permissive let pass are a risk that names the process`() throws {
    configure("permissive")
    root.write(
      "/var/log/audit/audit.log",
      "type=AVC msg=audit(99999999999.1:1): avc:  denied  { read } comm=\"cron\" permissive=1\n")
    try relabel()
    #expect(
      try live("0").risks == [
        "/var/log/audit/audit.log has 1 denials since the boot that permissive let pass, "
          + "of \"cron\" first"
      ])
  }

  @Test func `a command line that wins at boot is refused`() throws {
    configure("enforcing")
    try relabel()
    for (line, isOn) in [("quiet enforcing=1", false), ("enforcing=0", true)] {
      let word = isOn ? "enforcing=0" : "enforcing=1"
      #expect(
        try live("1", isOn: isOn, commandLine: line).standing
          == .refused("the kernel's command line says \(word), which wins at boot; change it there")
      )
    }
    #expect(try live("1", commandLine: "enforcing=0 enforcing=1").holds)
  }

  @Test func `without SELinux it is not applicable`() throws {
    #expect(
      try observe().standing
        == .notApplicable("there is no SELinux here: no /etc/selinux/config"))
    configure("enforcing")
    try Shell.run("rm -r \(root.outside("/etc/selinux/test"))")
    #expect(
      try live(nil, modules: "capability,apparmor").standing
        == .notApplicable("the kernel was started without SELinux"))
    #expect(
      try live(nil, commandLine: "selinux=0").standing
        == .notApplicable("the kernel's command line turns SELinux off (selinux=0)"))
    #expect(
      try observe().standing
        == .refused("no policy is installed below /etc/selinux/test; install one first"))
  }

  @Test func `a kernel that was started without it is staged too, and its command line named`()
    throws
  {
    configure("enforcing")
    for (modules, line, why) in [
      ("capability,apparmor", "quiet", "the kernel was started without SELinux"),
      (
        "capability,selinux", "selinux=0",
        "the kernel's command line turns SELinux off (selinux=0)"
      ),
    ] {
      let observation = try live(nil, commandLine: line, modules: modules)
      #expect(observation.steps.map(\.target) == ["/.autorelabel", "/etc/selinux/config"])
      #expect(
        observation.notes.last == "\(why); the boot loader has to say security=selinux selinux=1")
    }
  }
}
