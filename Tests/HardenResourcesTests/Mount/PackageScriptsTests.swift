import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct PackageScriptsTests {
  private func notes(_ path: String, _ flags: [MountFlag], _ files: [String: String]) throws
    -> Int
  {
    let root = try TemporaryRoot()
    for (path, text) in files { root.write(path, text) }
    return try PackageScripts.notes(Mount(path: path, options: flags), Host(root: root.path)).count
  }

  private let debconf = ["/usr/sbin/dpkg-preconfigure": ""]
  private let newer = [
    "/usr/sbin/dpkg-preconfigure": "my $tempdir='/var/cache/debconf/tmp.ci';\n"
  ]

  @Test func `who forbids execution where packages ask questions is told`() throws {
    #expect(try notes("/tmp", [.noexec], debconf) == 1)
    #expect(try notes("/tmp", [.nodev], debconf) == 0)
    #expect(try notes("/var/tmp", [.noexec], debconf) == 0)
    #expect(try notes("/tmp", [.noexec], [:]) == 0)
  }

  @Test func `a debconf with a directory of its own is asked about that`() throws {
    #expect(try notes("/tmp", [.noexec], newer) == 0)
    for path in ["/var", "/var/cache", "/var/cache/debconf"] {
      #expect(try notes(path, [.noexec], newer) == 1, "\(path)")
    }
    #expect(try notes("/var/cache", [.nodev], newer) == 0)
    #expect(try notes("/var/cache/debconf2", [.noexec], newer) == 0)
  }

  @Test func `without dpkg's scripts no package is set up or removed`() throws {
    let root = try TemporaryRoot()
    let risks = { try PackageScripts.risks($0, Host(root: root.path)) }
    #expect(try risks("/var/lib") == [])
    root.makeDirectory("/var/lib/dpkg/info")
    #expect(
      try risks("/var/lib") == [
        "noexec on /var/lib stops the scripts of packages, which dpkg runs from /var/lib/dpkg/info"
      ])
    #expect(try risks("/var/lib/dpkg/info").count == 1)
    #expect(try risks("/var/lib/dpkg/information").isEmpty && risks("/var/log").isEmpty)
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `what another mount shows is not stopped`() throws {
    let risks = try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt; mkdir -p /mnt/info /var/lib/dpkg/info")
      let without = try PackageScripts.risks("/var/lib", HardenSystem.Host())
      try Shell.run("mount --bind /mnt/info /var/lib/dpkg/info")
      return (without.count, try PackageScripts.risks("/var/lib", HardenSystem.Host()).count)
    }
    #expect(risks == (1, 0))
  }

  @Test(arguments: ["/etc/apt/apt.conf", "/etc/apt/apt.conf.d/50tmp"])
  func `a directory of their own is taken for the answer`(path: String) throws {
    let files = debconf.merging([path: "APT::ExtractTemplates::TempDir \"/var/tmp\";\n"]) { $1 }
    #expect(try notes("/tmp", [.noexec], files) == 0)
  }
}
