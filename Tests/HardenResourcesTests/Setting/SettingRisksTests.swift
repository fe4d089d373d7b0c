import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SettingRisksTests {
  private func risks(_ root: TemporaryRoot, _ yaml: String) throws -> [String] {
    let setting = try #require(try Entry<Setting>(yaml).resources.first)
    return try setting.observe(Host(root: root.path), for: .test).risks
  }

  @Test func `each file is asked about in its own way`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/ssh/sshd_config", "PermitRootLogin yes\nPort 22\n")
    root.write("/etc/sudoers", "root ALL=(ALL) ALL\n")
    root.write("/etc/security/faillock.conf", "deny = 3\n")
    let server = "{file: /etc/ssh/sshd_config, format: sshd, key: "
    #expect(
      try risks(root, server + "PermitRootLogin, value: no}") == [
        "root could not come back by ssh: PermitRootLogin is no"
      ])
    #expect(
      try risks(root, server + "Port, value: 2222}") == [
        "ssh answers on port 2222 only, once it has read this"
      ])
    #expect(try risks(root, server + "X11Forwarding, value: no}").isEmpty)
    #expect(
      try risks(
        root, "{file: /etc/sudoers, format: lines, line: 'root ALL=(ALL) ALL', state: absent}")
        == ["root could not use sudo any more: no line names it"])
    let lock = "{file: /etc/security/faillock.conf, format: keyvalue, key: "
    #expect(try risks(root, lock + "deny, value: 5}").isEmpty)
    #expect(try risks(root, lock + "even_deny_root, value: ''}").count == 1)
  }
}
