import Foundation
import HardenTestSupport
import Testing

/// A store that semodule has made, and what it makes of the store once harden has changed it.
@Suite struct SELinuxStoreTests {
  private let host: RootedHost
  private let policy = "etc/selinux/test/policy/policy.33"

  init() throws {
    host = try RootedHost()
    try host.write("root/etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=test\n")
    try host.write("root/etc/selinux/semanage.conf", "policy-version = 33\n")
    try shell(
      """
      mkdir -p root/etc/selinux/test/policy root/etc/selinux/test/contexts/files \
        root/var/lib/selinux/test/active/modules
      sed 's/@[123]@/false/' \(Snapshot.repository.path())/Fixtures/policies/small.cil > small.cil
      semodule -s test -p "$PWD/root" -N -i small.cil
      printf '(typepermissive plain)' > permissive_plain.cil
      """)
  }

  @discardableResult
  private func shell(_ script: String) throws -> String {
    try Shell.run("cd \(host.path(""))\n\(script)")
  }

  private func want(_ isPermissive: Bool) throws {
    try host.write(
      "playbook.yaml",
      """
      harden: 1
      name: p
      controls:
        - id: domain
          title: One domain
          ensure:
            - selinux: {permissive: {plain: \(isPermissive)}}

      """)
  }

  private func apply() throws {
    let result = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(result.status == 0, "\(result)")
  }

  private func rollBack() throws {
    let result = try host.harden("rollback", "--yes")
    #expect(result.status == 0, "\(result)")
  }

  /// The types that seinfo finds permissive in the policy of `root`.
  private func permissive(_ root: String = "root") throws -> [String] {
    try shell("seinfo \(root)/\(policy) --permissive | sed -n 's/^   //p'").split(separator: "\n")
      .map(String.init).sorted()
  }

  /// Every file of the store and the policy by its digest, but for what a commit always makes anew.
  private func files(_ root: String) throws -> String {
    try shell(
      "cd \(root) && find etc/selinux var/lib/selinux -type f ! -name commit_num ! -name "
        + "modules_checksum ! -name cil | sort | xargs sha256sum")
  }

  private func snapshot() -> TreeSnapshot {
    TreeSnapshot(host.path("root"), except: ["/var/lib/harden"])
  }

  @Test func `a permissive domain is what semodule would have made, and goes without a trace`()
    throws
  {
    try shell("cp -a root theirs; semodule -s test -p \"$PWD/theirs\" -N -i permissive_plain.cil")
    let before = snapshot()
    #expect(try permissive() == ["special"])
    try want(true)
    try apply()
    #expect(try permissive() == ["plain", "special"])
    #expect(try shell("semodule -s test -p \"$PWD/root\" -l") == "permissive_plain\nsmall\n")
    #expect(try files("root") == files("theirs"))
    // A build from the modules comes to the same, byte by byte.
    try shell("cp -a root built; semodule -s test -p \"$PWD/built\" -N -B")
    #expect(try files("built") == files("root"))
    #expect(try permissive("built") == ["plain", "special"])
    try rollBack()
    #expect(snapshot() == before)
  }

  @Test func `what semodule made permissive is taken out of its store, and comes back whole`()
    throws
  {
    try shell("cp -a root theirs; semodule -s test -p \"$PWD/root\" -N -i permissive_plain.cil")
    let before = snapshot()
    try want(false)
    try apply()
    #expect(try permissive() == ["special"])
    #expect(try shell("semodule -s test -p \"$PWD/root\" -l") == "small\n")
    try shell("cp -a root built; semodule -s test -p \"$PWD/built\" -N -B")
    #expect(try permissive("built") == ["special"])
    try rollBack()
    #expect(snapshot() == before)
  }

  @Test func `after a build of somebody else's it still goes, and stays away`() throws {
    try want(true)
    try apply()
    try shell("semodule -s test -p \"$PWD/root\" -N -B")
    #expect(try permissive() == ["plain", "special"])
    try rollBack()
    #expect(try permissive() == ["special"])
    try shell("semodule -s test -p \"$PWD/root\" -N -B")
    #expect(try permissive() == ["special"])
  }

  @Test func `a name that no type has stops all before anything is touched`() throws {
    try want(true)
    try host.write(
      "playbook.yaml", try #require(host.text("playbook.yaml")).replacing("plain:", with: "plian:"))
    let before = snapshot()
    let result = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(result.status == 3, "\(result)")
    #expect(snapshot() == before)
  }
}
