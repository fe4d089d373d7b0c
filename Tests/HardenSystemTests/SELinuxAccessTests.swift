import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct SELinuxAccessTests {
  /// What is denied where the policy answers `allowed`, and what it was asked.
  private func denied(allowed: String, _ change: @escaping (TemporaryRoot) -> Void = { _ in })
    throws -> (denial: SELinuxDenial?, asked: String)
  {
    try Namespace.run {
      let root = try TemporaryRoot()
      root.makeDirectory("/lib")
      try PolicyInFront.put(
        in: root, program: "/usr/bin/mount", target: root.outside("/lib"), allowed: allowed, change)
      let denial = try Host().selinuxDenies(
        "/usr/bin/mount", "mounton", on: "dir", at: root.outside("/lib"))
      let asked = root.text("/sys/selinux/access") ?? ""
      return (denial, String(asked.prefix(PolicyInFront.asked.count)))
    }
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `what the first process starts is asked about in its own type`() throws {
    let found = try denied(allowed: "3ff ffffffff 0 ffffffff 1 0")
    #expect(found.denial == SELinuxDenial(domain: "mount_t", target: "lib_t"))
    #expect(found.asked == PolicyInFront.asked)
    #expect(try denied(allowed: "400 ffffffff 0 ffffffff 1 0").denial == nil)
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `where nobody can say, nothing is denied`() throws {
    let no = "0 ffffffff 0 ffffffff 1 0"
    for missing in ["enforce", "class/dir/perms/mounton", "create", "access"] {
      let found = try denied(allowed: no) {
        TemporaryRoot.remove($0.outside("/sys/selinux/\(missing)"))
      }
      #expect(found.denial == nil, "\(missing)")
    }
    #expect(try denied(allowed: no).denial != nil)
    let image = try TemporaryRoot()
    #expect(try Host(root: image.path).selinuxDenies("/m", "mounton", on: "dir", at: "/") == nil)
  }

  @Test(arguments: [
    ("400 ffffffff 0 ffffffff 1 0", true), ("ffffffff ffffffff 0 0 1 0", true),
    ("3ff ffffffff 0 ffffffff 1 0", false), ("0 ffffffff 0 ffffffff 9", false),
    // A permissive type.
    ("0 ffffffff 0 ffffffff 1 1", true), ("", nil), ("400 ffffffff", nil),
    ("x ffffffff 0 0 1 0", nil),
  ])
  func `an answer is read`(answer: String, allowed: Bool?) {
    #expect(SELinuxQuestion.allows(answer, bit: 11) == allowed)
  }
}
