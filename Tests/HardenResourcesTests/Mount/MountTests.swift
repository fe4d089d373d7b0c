import HardenModel
import Testing

@testable import HardenResources

@Suite struct MountTests {
  @Test func `one resource for each mount point`() throws {
    let entry = try Entry<Mount>("{path: [/tmp, /var], options: [nodev, nosuid], forbid: [noexec]}")
    #expect(entry.messages == [])
    #expect(entry.resources.map(\.address.description) == ["mount[/tmp]", "mount[/var]"])
    #expect(
      entry.resources[0].options == [.nodev, .nosuid] && entry.resources[0].forbidden == [.noexec])
    #expect(!entry.resources[0].isBind)
  }

  @Test(arguments: [
    ("{path: /tmp}", "mount asks for nothing"),
    ("{path: /tmp, options: [nodev], forbid: [nodev]}", "'nodev' is both wanted and forbidden"),
    ("{path: /tmp, options: [noatime, relatime]}", "noatime and relatime exclude each other"),
    ("{path: /tmp, options: [noexc]}", "'noexc' is no mount flag"),
    ("{path: /tmp, options: [exec]}", "'exec' is no mount flag"),
    ("{path: /tmp, options: [hidepid=2]}", "'hidepid=2' is an option of /proc alone"),
    ("{path: /proc, options: [gid=5]}", "'gid=5' is no mount flag"),
    ("{path: /proc, forbid: [hidepid=2]}", "'hidepid=2' is no mount flag"),
    ("{path: tmp, options: [nodev]}", "'tmp' is not a plain absolute path"),
    ("{options: [nodev]}", "mount needs 'path'"),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<Mount>(yaml).messages == [message])
  }

  @Test func `the help names the flag that was meant`() throws {
    let help = { (word: String) in
      try Entry<Mount>("{path: /tmp, options: [\(word)]}").diagnostics.first?.help
    }
    #expect(try help("noexc") == "did you mean 'noexec'?")
    #expect(try help("exec") == "write it as forbid: [noexec]")
    #expect(try help("rw") == "write it as forbid: [ro]")
  }

  @Test(arguments: [
    (["nodev"], [], "relatime", "nodev,relatime"), ([], ["noexec"], "noexec,noatime", "noatime"),
    (["noatime"], [], "nosuid,relatime", "nosuid,noatime"),
    ([], ["noatime"], "noatime", "relatime"),
    ([], ["relatime"], "relatime", "strictatime"),
    (["nodev"], [], "nodev,relatime", "nodev,relatime"),
  ])
  func `only what is named changes`(
    wanted: [String], forbidden: [String], flags: String, result: String
  ) {
    let mount = Mount(
      path: "/m", options: wanted.compactMap(MountFlag.init),
      forbidden: forbidden.compactMap(MountFlag.init))
    let before = Set(flags.split(separator: ",").compactMap { MountFlag(rawValue: String($0)) })
    #expect(mount.applied(to: before).sorted().text == result)
  }
}
