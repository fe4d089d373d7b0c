import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SELinuxDomainTests {
  private let root: TemporaryRoot
  private let installed = "/etc/selinux/test/policy/policy.33"
  private let store = "/var/lib/selinux/test/active"

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=test\n")
    try put("off", at: installed)
  }

  private func put(_ name: String, at path: String) throws {
    root.write(path, try CompiledPolicy.bytes(name))
  }

  private func putStore(_ name: String) throws {
    for file in ["policy.kern", "policy.linked"] { try put(name, at: "\(store)/\(file)") }
    root.makeDirectory("\(store)/modules/100")
  }

  private func observe(_ name: String, _ isOn: Bool, _ host: borrowing Host) throws -> Observation {
    let one = SELinux(permissive: name, isOn: isOn)
    let observation = try one.observe(host, for: .test)
    let contents = Dictionary(
      observation.contents.map { (Digest(of: $0.raw), $0.raw) }, uniquingKeysWith: { $1 })
    let again = try one.observe(
      try host.after(observation.steps, contents: contents), for: .test)
    #expect(
      again.steps.isEmpty && again.holds == !(observation.steps.isEmpty && !observation.holds))
    return observation
  }

  private func observe(_ name: String, _ isOn: Bool) throws -> Observation {
    try observe(name, isOn, try Host(root: root.path))
  }

  @Test func `without a store the policy is all there is`() throws {
    let observation = try observe("plain", true)
    #expect(observation.lines == ["boot enforcing (\(installed)) -> permissive"])
    #expect(observation.steps.map(\.target) == [installed])
    #expect(
      observation.notes == ["what the policy denies plain will pass, and be recorded only"])
    #expect(try observe("plain", false).holds && observe("special", true).holds)
    #expect(
      try observe("special", false).lines == ["boot permissive (\(installed)) -> enforcing"])
  }

  @Test func `the store gets a module, and the policy before local changes has it, too`() throws {
    try putStore("off")
    let observation = try observe("plain", true)
    let module = "\(store)/modules/400/permissive_plain"
    #expect(
      observation.steps.map(\.target) == [
        installed, "\(store)/policy.linked", "\(store)/policy.kern", "\(store)/modules/400",
        module, "\(module)/cil", "\(module)/lang_ext",
      ])
    // As semanage leaves it after a change that it has made itself.
    for path in [installed, "\(store)/policy.linked", "\(store)/policy.kern"] {
      try put("permissive", at: path)
    }
    root.write("\(module)/cil", "(typepermissive plain)")
    root.write("\(module)/lang_ext", "cil")
    #expect(try observe("plain", true).holds)
    let back = try observe("plain", false)
    #expect(
      back.steps.map(\.target) == [
        installed, "\(store)/policy.linked", "\(store)/policy.kern", "\(module)/cil",
        "\(module)/lang_ext", module,
      ])
    // A module that a later build will take up counts, whatever the policy says so far.
    try put("off", at: installed)
    try putStore("off")
    #expect(try observe("plain", false).lines == ["boot permissive (\(module)) -> enforcing"])
    root.write("\(store)/modules/disabled/permissive_plain", "")
    #expect(
      try observe("plain", true).standing
        == .refused(
          "the module permissive_plain is turned off in the store; semodule -e permissive_plain"))
  }

  @Test func `what the policy's own modules make permissive is not taken back`() throws {
    try putStore("off")
    #expect(
      try observe("special", false).standing
        == .refused(
          "a module of the policy other than permissive_special makes it permissive; take that out")
    )
    #expect(try observe("special", true).holds)
    try Shell.run("rm \(root.outside(store))/policy.linked")
    #expect(try observe("special", true).holds && !observe("special", false).holds)
  }

  @Test func `a name that no type has is refused, with what it is`() throws {
    for (name, why) in [
      ("plainn", "the policy 'test' has no such type; did you mean 'plain'?"),
      ("ordinary", "'ordinary' is another name of plain; name that"),
    ] {
      #expect(try observe(name, true).standing == .refused(why))
    }
    root.write(installed, "not a policy")
    #expect(
      try observe("plain", true).standing
        == .unmeasured("the policy \(installed) has a form that harden does not know"))
    root.write("/etc/selinux/config", "SELINUX=disabled\nSELINUXTYPE=test\n")
    #expect(try observe("plain", true).standing == .notApplicable("SELinux is off here"))
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `the running policy is compared, and denials that passed hold enforcing back`() throws {
    try put("permissive", at: "/sys/selinux/policy")
    root.write("/sys/selinux/enforce", "1")
    let denial =
      "type=AVC msg=audit(99999999999.5:7): avc:  denied  { read } for  pid=1 comm=\"c\" "
      + "scontext=u:r:plain:s0 tcontext=u:r:plain:s0 permissive=1\n"
    root.write("/var/log/audit/audit.log", denial)
    try Namespace.run { [self] in
      for path in ["/etc", "/var"] { try Namespace.bind(root.outside(path), at: path) }
      try Namespace.bind(root.outside("/sys"), at: "/sys/fs")
      let stay = try observe("plain", true, try Host())
      #expect(
        stay.lines == [
          "now permissive -> permissive holds",
          "boot enforcing (\(installed)) -> permissive",
        ])
      let out = try observe("plain", false, try Host())
      #expect(out.lines.first == "now permissive -> enforcing")
      #expect(
        out.steps == [
          .setSELinux(SetSELinux(permissive: "plain", before: true, after: false))
        ])
      #expect(
        out.risks == [
          "/var/log/audit/audit.log has 1 denials since the boot that permissive let pass, of \"c\" "
            + "first"
        ])
    }
  }
}
