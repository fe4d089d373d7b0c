import Foundation
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ModuleConfigurationTests {
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot(withAccounts: false)
    root.write(
      "/usr/lib/modprobe.d/50-a.conf", "install cramfs /bin/vendor\ninstall usb-storage /bin/true\n"
    )
    root.write(
      "/etc/modprobe.d/60-b.conf",
      "# install udf x\ninstall cramfs \\\n  /bin/false\nblacklist u-d-f\n")
    root.write(
      "/etc/modprobe.d/70-c.conf",
      "install hfs* /bin/false\noptions x y=1\ninstall udf\t/bin/false\n")
    root.write("/lib/modprobe.d/60-b.conf", "install never /bin/false\n")
    root.write("/etc/modprobe.d/ignored", "install ignored /bin/false\n")
    return root
  }

  @Test func `the first line for a module counts`() throws {
    let root = try root()
    let configuration = try ModuleConfiguration.of(Host(root: root.path))
    #expect(configuration.install("cramfs")?.rest == "/bin/vendor")
    #expect(configuration.install("cramfs")?.place.description == "/usr/lib/modprobe.d/50-a.conf:1")
    #expect(configuration.install("usb_storage")?.isBlocking == true)
    #expect(configuration.install("hfsplus")?.isBlocking == true)
    #expect(configuration.install("udf")?.place.line == 3)
    #expect(configuration.install("never") == nil && configuration.install("ignored") == nil)
    #expect(configuration.isBlacklisted("u_d_f") && !configuration.isBlacklisted("udf"))
  }

  @Test(arguments: [
    ("/bin/false", true), ("/usr/bin/true", true), ("/bin/false # x", true), ("false", true),
    ("/home/x/false", false), ("/sbin/modprobe x", false), ("/bin/true; modprobe -i x", false),
    ("", false),
  ])
  func `commands that load nothing`(rest: String, isBlocking: Bool) {
    let line = ModuleConfiguration.lines(Array("install x \(rest)\n".utf8), of: "/f").first
    #expect(line?.isBlocking == isBlocking)
  }

  static let hasModprobe = FileManager.default.isExecutableFile(atPath: "/usr/sbin/modprobe")

  @Test(.enabled(if: hasModprobe, "kmod"))
  func `modprobe reads the same of one directory`() throws {
    let root = try root()
    let shown = try Shell.run(
      "/usr/sbin/modprobe -C \(root.path)/etc/modprobe.d -c | grep -E '^(install|blacklist) ' | sort"
    )
    let ours = try Host(root: root.path).entries("/etc/modprobe.d").filter { $0.hasSuffix(".conf") }
      .flatMap { name in
        ModuleConfiguration.lines(
          Array((root.text("/etc/modprobe.d/\(name)") ?? "").utf8), of: name)
      }.filter { $0.command != "options" }
      .map { "\($0.command) \($0.module) \($0.rest)" }.map {
        $0.split(separator: " ").joined(separator: " ")
      }.sorted()
    let theirs = shown.split(separator: "\n").map {
      $0.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }
    #expect(theirs == ours)
  }
}
