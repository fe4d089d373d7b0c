import HardenCore
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct PackageModesTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/usr/bin/tool", "", mode: 0o4755)
    root.write("/etc/tool.conf", "", mode: 0o666)
    root.write("/usr/local/bin/tool", "", mode: 0o777)
    root.write("/var/lib/dpkg/status", "")
  }

  private func observe(_ yaml: String) throws -> Observation {
    try #require(try Entry<File>(yaml).resources.first).observe(Host(root: root.path), for: .test)
  }

  private let wish = "{path: /usr/bin/tool, mode: {at_most: \"0755\"}}"

  @Test func `what dpkg would give a program again is told, with the command that keeps it`() throws
  {
    let found = try observe(wish)
    #expect(found.risks == [])
    #expect(
      found.notes == [
        "an upgrade gives what belongs to a package the mode and owner of the package again; this keeps "
          + "it: dpkg-statoverride --add 'root' 'root' 0755 /usr/bin/tool"
      ])
    // Configuration keeps its mode, and what is below /usr/local belongs to no package.
    for path in ["/etc/tool.conf", "/usr/local/bin/tool"] {
      #expect(try observe("{path: \(path), mode: \"0644\"}").notes == [], "\(path)")
    }
    try Shell.run("rm \(root.outside("/var/lib/dpkg/status"))")
    #expect(try observe(wish).notes == [])
    root.makeDirectory("/var/lib/rpm")
    #expect(try observe(wish).notes.first?.contains("rpm keeps no others") == true)
  }

  @Test(arguments: ["/usr/bin/tool", "/bin/tool"])
  func `what dpkg was told otherwise is a risk that names the line`(name: String) throws {
    root.write("/var/lib/dpkg/statoverride", "root ssl-cert 710 /etc/ssl\nroot root 4755 \(name)\n")
    let found = try observe(wish)
    #expect(
      found.risks == [
        "dpkg was told to give /usr/bin/tool root:root 4755 (/var/lib/dpkg/statoverride:2), and does it "
          + "again at each upgrade; first: dpkg-statoverride --remove /usr/bin/tool"
      ])
    root.write("/var/lib/dpkg/statoverride", "root root 0755 \(name)\n")
    let kept = try observe(wish)
    #expect(kept.risks == [] && kept.notes == [], "it is told the same")
    root.write("/var/lib/dpkg/statoverride", "daemon root 0755 \(name)\n")
    #expect(try observe(wish).risks == [], "nothing is said of the owner here")
  }

  @Test func `a whole directory is told once, and each line that is against it`() throws {
    root.write("/usr/bin/other", "", mode: 0o4755)
    root.write("/usr/bin/third", "", mode: 0o4755)
    root.write("/var/lib/dpkg/statoverride", "root root 4755 /usr/bin/third\n")
    let text = "{path: /usr/bin, recursive: true, files: {mode: {at_most: \"0755\"}}}"
    let found = try #require(try Entry<Directory>(text).resources.first)
      .observe(Host(root: root.path), for: .test)
    #expect(found.steps.count == 3 && found.notes.count == 1)
    #expect(found.risks.count == 1 && found.risks[0].contains("statoverride:1"), "\(found.risks)")
  }

  @Test func `capabilities go with the file`() throws {
    let observe = { (path: String) in
      try #require(
        try Entry<FileCapability>("{path: \(path), capabilities: cap_net_raw=ep}").resources.first
      ).observe(Host(root: root.path), for: .test)
    }
    #expect(try observe("/usr/bin/tool").notes.first?.hasPrefix("an upgrade replaces") == true)
    #expect(try observe("/usr/local/bin/tool").notes == [])
  }
}
