import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

/// A host with two administrators: root with a password, ann by sudo with one.
@Suite struct AccountRisksTests {
  private func root(annIsAdministrator: Bool = true, rootIsOpen: Bool = true) throws
    -> TemporaryRoot
  {
    let root = try TemporaryRoot()
    root.write(
      "/etc/passwd",
      "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbatch:x:900:900::/:/bin/sh\n")
    root.write(
      "/etc/shadow",
      "root:\(rootIsOpen ? "$y$h" : "*"):1::::::\nann:$y$h:1:0:99999:7:::\nbatch:!:1::::::\n")
    root.write(
      "/etc/group", "root:x:0:\nsudo:x:27:\(annIsAdministrator ? "ann" : "")\nann:x:1000:\n")
    root.write("/etc/sudoers", "%sudo ALL=(ALL:ALL) ALL\n")
    return root
  }

  private func risks(_ yaml: String, _ root: TemporaryRoot) throws -> [String] {
    let host = try Host(root: root.path)
    return try Entry<User>(yaml).resources[0].observe(host, for: .test).risks
  }

  private let nobody = "nobody could log in and become root any more; now "

  @Test(arguments: [
    "{name: ann, password: locked}", "{name: ann, state: absent}",
    "{name: ann, expires: 2020-01-01}", "{name: ann, shell: /usr/sbin/nologin}",
  ])
  func `the last administrator is protected`(yaml: String) throws {
    #expect(try risks(yaml, root(rootIsOpen: false)) == [nobody + "ann can"])
    #expect(try risks(yaml, root()) == [], "root is left")
    #expect(try risks(yaml, root(annIsAdministrator: false)) == [])
  }

  @Test func `the group that makes administrators is watched as well`() throws {
    let root = try root(rootIsOpen: false)
    let host = try Host(root: root.path)
    let group = try Entry<HardenResources.Group>("{name: sudo, members: []}").resources[0]
    #expect(try group.observe(host, for: .test).risks == [nobody + "ann can"])
  }

  @Test func `two changes that only together lock everybody out`() throws {
    let root = try root()
    let host = try Host(root: root.path)
    let users = try Entry<User>("{name: [root, ann], password: locked}").resources
    let first = try users.map { try $0.observe(host, for: .test) }
    #expect(!first.flatMap(\.risks).contains { $0.hasPrefix(nobody) })
    let planned = try host.after(first.flatMap(\.steps), contents: [:])
    let second = try users.map { try $0.observe(planned, for: .test) }
    #expect(second.allSatisfy { $0.holds && $0.risks == [nobody + "ann and root can"] })
  }

  @Test func `root is locked only while another has the console`() throws {
    let yaml = "{name: root, password: locked}"
    #expect(try risks(yaml, root()) == [], "ann has a password")
    let keys = try root()
    keys.write("/etc/shadow", "root:$y$h:1::::::\nann:!:1::::::\n")
    keys.write("/etc/sudoers", "%sudo ALL=(ALL) NOPASSWD: ALL\n")
    keys.write("/home/ann/.ssh/authorized_keys", "ssh-ed25519 AAAA\n")
    #expect(
      try risks(yaml, keys) == [
        "root could not log in at the console any more, and no other administrator has a password"
      ])
  }

  /// Units of systemd that ask for root's password when a boot stops.
  private func addRescue(_ root: TemporaryRoot, isForced: Bool = false) {
    for name in ["emergency", "rescue"] {
      root.write(
        "/usr/lib/systemd/system/\(name).service",
        "[Service]\nExecStart=-/usr/lib/systemd/systemd-sulogin-shell \(name)\n"
          + (isForced ? "Environment=SYSTEMD_SULOGIN_FORCE=1\n" : ""))
    }
  }

  /// A host went into emergency mode, whose shell root alone could have opened.
  @Test func `a locked root has no shell when a boot stops, unless it is forced`() throws {
    let lock = try #require(try Entry<User>("{name: root, password: locked}").resources.first)
    let observe = { (root: TemporaryRoot) in
      try lock.observe(Host(root: root.path), for: .test)
    }
    let root = try root()
    #expect(try observe(root).notes == [], "without systemd nobody asks")
    addRescue(root)
    let found = try observe(root)
    #expect(found.risks == [], "ann has a password, and nothing else changes")
    #expect(
      found.notes == [
        "a boot that stops has no shell then: emergency.service "
          + "(/usr/lib/systemd/system/emergency.service) and rescue.service "
          + "(/usr/lib/systemd/system/rescue.service) would ask for root's password; whoever is at the "
          + "console gets one with SYSTEMD_SULOGIN_FORCE=1 in the environment of those units"
      ])
    // With a change by which the boot may stop it is held back.
    root.write("/etc/fstab", "tmpfs /srv tmpfs rw 0 0\n")
    let host = try Host(root: root.path)
    let mount = try Entry<Mount>("{path: /srv, options: [nodev]}").resources[0]
    let planned = try host.after(
      mount.observe(host, for: .test).steps + found.steps, contents: [:])
    let said = try lock.observe(planned, for: .test).risks
    #expect(
      said.count == 1 && said[0].contains("this plan changes /etc/fstab, by which a boot may stop"),
      "\(said)")
    addRescue(root, isForced: true)
    #expect(try observe(root).notes == [])
  }

  @Test func `a root whom keys let in has no console either, and force gives one back`() throws {
    let keys = try root(annIsAdministrator: false)
    keys.write("/root/.ssh/authorized_keys", "ssh-ed25519 AAAA\n")
    keys.write("/etc/passwd", "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n")
    let yaml = "{name: root, password: locked}"
    #expect(
      try risks(yaml, keys) == [
        "root could not log in at the console any more, and no other administrator has a password"
      ])
    addRescue(keys, isForced: true)
    #expect(try risks(yaml, keys) == [])
  }

  /// Password ageing for everybody ended the accounts that services and cron jobs ran as.
  @Test func `limits for accounts that services use are named`() throws {
    let yaml = "{name: batch, ageing: {max: 90}}"
    #expect(try risks(yaml, root()) == [])
    let cron = try root()
    cron.write("/var/spool/cron/crontabs/batch", "0 1 * * * true\n", mode: 0o600)
    let sentence =
      "an end of its password would stop its cron jobs (/var/spool/cron/crontabs/batch) on that day"
    #expect(try risks(yaml, cron) == [sentence])
    #expect(try risks("{name: batch, ageing: {max: 99999}}", cron) == [])
    #expect(try risks("{name: batch, ageing: {warn: 9}}", cron) == [])
    #expect(try risks("{name: batch, expires: never}", cron) == [])
    let unit = try root()
    unit.write("/etc/systemd/system/job.service", "[Service]\nUser=batch\n")
    #expect(
      try risks("{name: batch, expires: 2030-01-01}", unit) == [
        "an end of the account would stop job.service, which runs as it "
          + "(/etc/systemd/system/job.service), on that day"
      ])
  }
}
