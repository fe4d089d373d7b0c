import HardenSystem
import HardenTestSupport
import Testing

@Suite struct FactsReleaseTests {
  @Test(arguments: [
    ("ID=debian\nVERSION_ID=\"12\"\n", "debian", "12", "debian"),
    (
      "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID='24.04'\n", "ubuntu", "24.04",
      "debian"
    ),
    ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.3\"\n", "rocky", "9.3", "rhel"),
    ("# ID=no\nID=fedora\nVERSION_ID=41\n", "fedora", "41", "fedora"),
    ("ID=arch\n", "arch", "", "arch"), ("ID=void\n", "void", "", "void"),
    ("", "linux", "", "linux"),
  ])
  func `os-release is read as its format says`(
    text: String, id: String, version: String, family: String
  ) {
    let release = SystemRelease(text)
    #expect(release.id == id && release.version == version && release.family == family)
    #expect(release.families.first == id)
  }

  @Test func `the file in etc comes first, a link to usr counts`() throws {
    let root = try TemporaryRoot(withAccounts: false)
    #expect(throws: SystemError.self) { try Host(root: root.path).systemRelease() }
    root.write("/usr/lib/os-release", "ID=vendor\n")
    #expect(try Host(root: root.path).systemRelease().id == "vendor")
    root.link("/etc/os-release", to: "../usr/lib/os-release")
    #expect(try Host(root: root.path).systemRelease().id == "vendor")
  }
}
