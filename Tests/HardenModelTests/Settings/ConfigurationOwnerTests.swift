import HardenModel
import Testing

@Suite struct ConfigurationOwnerTests {
  @Test(arguments: [
    ("/etc/ssh/sshd_config", ConfigurationOwner.sshd),
    ("/etc/audit/plugins.d/syslog.conf", .auditd),
    ("/etc/docker/daemon.json", .docker), ("/etc/chrony/conf.d/a.conf", .chrony),
    ("/etc/login.defs", nil), ("/etc/systemd/coredump.conf", nil),
  ])
  func `a file tells who reads it once`(path: String, owner: ConfigurationOwner?) {
    #expect(ConfigurationOwner.of(path) == owner)
  }

  @Test func `docker takes some keys while it runs`() {
    #expect(ConfigurationOwner.docker.takes("runtimes/runsc/path"))
    #expect(!ConfigurationOwner.docker.takes("icc"))
    #expect(ConfigurationOwner.sshd.takes("Port"))
  }

  @Test func `no two share a unit`() {
    let units = ConfigurationOwner.allCases.flatMap(\.units)
    #expect(Set(units).count == units.count)
  }
}
