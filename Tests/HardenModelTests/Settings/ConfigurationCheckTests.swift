import HardenModel
import Testing

@Suite struct ConfigurationCheckTests {
  @Test func `files go to the program that reads them`() {
    #expect(ConfigurationCheck.of("/etc/ssh/sshd_config.d/00-harden.conf", .sshd) == .sshd)
    #expect(ConfigurationCheck.of("/etc/sudoers", .lines) == .sudoers)
    #expect(ConfigurationCheck.of("/etc/sudoers.d/team", .lines) == .sudoers)
    #expect(ConfigurationCheck.of("/etc/sudoers.dist", .lines) == nil)
    #expect(ConfigurationCheck.of("/etc/login.defs", .loginDefs) == nil)
  }

  @Test func `the content comes on standard input`() {
    for check in [ConfigurationCheck.sshd, .sudoers] {
      #expect(check.arguments.contains("/dev/stdin") && check.program.hasPrefix("/usr/sbin/"))
    }
  }
}
