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

  @Test func `who forbids execution where packages ask questions is told`() throws {
    #expect(try notes("/tmp", [.noexec], debconf) == 1)
    #expect(try notes("/tmp", [.nodev], debconf) == 0)
    #expect(try notes("/var/tmp", [.noexec], debconf) == 0)
    #expect(try notes("/tmp", [.noexec], [:]) == 0)
  }

  @Test(arguments: ["/etc/apt/apt.conf", "/etc/apt/apt.conf.d/50tmp"])
  func `a directory of their own is taken for the answer`(path: String) throws {
    let files = debconf.merging([path: "APT::ExtractTemplates::TempDir \"/var/tmp\";\n"]) { $1 }
    #expect(try notes("/tmp", [.noexec], files) == 0)
  }
}
