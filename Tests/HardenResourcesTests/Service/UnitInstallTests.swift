import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct UnitInstallTests {
  @Test func `lists add up over drop-ins, and an empty value begins anew`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/usr/lib/systemd/system/a.service",
      """
      [Unit]
      Alias=no.service
      [Install]
      WantedBy=x.target y.target
      RequiredBy=r.target
      Alias=b.service
      Also=a.socket
      DefaultInstance=one

      """)
    root.write(
      "/etc/systemd/system/a.service.d/x.conf", "[Install]\nWantedBy=\nWantedBy=z.target\n")
    let host = try Host(root: root.path)
    let install = try UnitInstall(UnitFile(#require(UnitName("a.service")), host), host)
    #expect(
      install.needs.map { "\($0.folder) \($0.unit)" } == ["requires r.target", "wants z.target"])
    #expect(install.aliases == ["b.service"] && install.also == ["a.socket"])
    #expect(install.defaultInstance == "one" && install.hasLinks)
  }

  @Test func `whose a link is`() throws {
    let name = try #require(UnitName("a.service"))
    let template = try #require(UnitName("t@.service"))
    let link = { (path: String, target: String, isNeed: Bool) in
      UnitLink("/etc/systemd/system/\(path)", to: target, isNeed: isNeed)
    }
    #expect(link("m.target.wants/a.service", "/anywhere", true).belongs(to: name))
    #expect(link("b.service", "/usr/lib/systemd/system/a.service", false).belongs(to: name))
    #expect(!link("a.service", "/dev/null", false).belongs(to: name))
    #expect(!link("a.service", "/opt/a.service", false).belongs(to: name))
    #expect(
      link("m.target.wants/t@1.service", "/lib/systemd/system/t@.service", true)
        .belongs(to: template))
  }
}
