import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct KeyFileTrustTests {
  /// Whether sshd would take alice's keys once `change` was done to what is in order.
  private func isSafe(_ change: String, path: String = "/home/alice/.ssh/authorized_keys") throws
    -> Bool
  {
    let root = try TemporaryRoot()
    root.makeDirectory("/home", mode: 0o777)
    root.write("/home/alice/.ssh/authorized_keys", "ssh-ed25519 AAAA\n", mode: 0o600)
    root.write("/srv/keys/alice", "ssh-ed25519 AAAA\n", mode: 0o644)
    try Shell.run(
      """
      cd \(root.path); chmod 755 home/alice srv srv/keys; chmod 700 home/alice/.ssh; chmod 755 .
      chown -R 1000 home/alice; \(change)
      """)
    let alice = AdministratorAccounts.Account(
      name: "alice", id: 1000, home: "/home/alice", groups: [], hasPassword: true)
    return try KeyFileTrust.isSafe(path, alice, Host(root: root.path))
  }

  @Test(arguments: [
    ("true", true), ("chmod 664 home/alice/.ssh/authorized_keys", false),
    ("chmod 775 home/alice", false), ("chmod 702 home/alice/.ssh", false),
    ("chown 1001 home/alice/.ssh/authorized_keys", false), ("chown 0 home/alice/.ssh", true),
    ("rm home/alice/.ssh/authorized_keys", false),
  ])
  func `below a home`(change: String, isSafe: Bool) throws {
    #expect(try self.isSafe(change) == isSafe)
  }

  @Test func `elsewhere every folder counts`() throws {
    #expect(try isSafe("true", path: "/srv/keys/alice"))
    #expect(try !isSafe("chmod 777 srv", path: "/srv/keys/alice"))
  }
}
