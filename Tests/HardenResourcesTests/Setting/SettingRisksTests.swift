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

  /// On this host with an /etc of its own, whose log is on a file system of 16 MiB.
  @Test(.enabled(if: Namespace.isAvailable))
  func `auditd that is to stop the host is asked how near that is`() throws {
    let said = { (yaml: String) in
      try Namespace.run {
        try Shell.run(
          """
          mount -t tmpfs -o size=16m none /mnt; mkdir /mnt/u /mnt/w
          mount -t overlay none -o lowerdir=/etc,upperdir=/mnt/u,workdir=/mnt/w /etc
          mkdir -p /etc/audit; printf '%s\\n' 'log_file = /mnt/audit.log' 'max_log_file = 8' 'num_logs = 4' \
            'max_log_file_action = rotate' 'space_left = 20' 'admin_space_left = 4' \
            'disk_full_action = SUSPEND' 'space_left_action = SYSLOG' 'admin_space_left_action = SUSPEND' \
            > /etc/audit/auditd.conf
          """)
        let entry = try Entry<Setting>(
          "{file: /etc/audit/auditd.conf, format: keyvalue, \(yaml)}")
        return try #require(entry.resources.first).observe(HardenSystem.Host(), for: .test).risks
      }
    }
    let left = try said("key: space_left_action, value: halt")
    #expect(left.count == 1 && left[0].contains("not more than space_left (20 MiB"), "\(left)")
    #expect(left.first?.contains("the end of this host (space_left_action = halt) is near") == true)
    let full = try said("key: disk_full_action, value: SINGLE")
    #expect(
      full.first?.contains(
        "then nothing is left, and that is single-user mode (disk_full_action = single)") == true,
      "\(full)")
    let admin = try said("key: admin_space_left_action, value: halt")
    #expect(admin.first?.contains("less than admin_space_left (4 MiB") == true, "\(admin)")
    #expect(try said("key: disk_full_action, value: SYSLOG") == [])
    #expect(try said("key: num_logs, value: 5") == [])
  }
}
