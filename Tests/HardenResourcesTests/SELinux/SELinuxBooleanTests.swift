import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SELinuxBooleanTests {
  private let root: TemporaryRoot
  private let installed = "/etc/selinux/test/policy/policy.33"
  private let store = "/var/lib/selinux/test/active"

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=test\n")
    root.write("/etc/selinux/test/policy/policy.5", "an older one")
    try put("off", at: installed)
  }

  private func put(_ name: String, at path: String) throws {
    root.write(path, try CompiledPolicy.bytes(name))
  }

  private func observe(_ name: String, isOn: Bool = true) throws -> Observation {
    let one = SELinux(name, isOn: isOn)
    let observation = try one.observe(Host(root: root.path), for: .test)
    let planned = try Host(root: root.path).after(observation.steps, contents: [:])
    let again = try one.observe(planned, for: .test)
    #expect(
      again.steps.isEmpty && again.holds == !(observation.steps.isEmpty && !observation.holds))
    return observation
  }

  @Test func `the newest policy counts, and where there is no store there is one file`() throws {
    let observation = try observe("allow_reading")
    #expect(observation.lines == ["boot off (\(installed)) -> on"])
    #expect(observation.steps.map(\.target) == [installed])
    #expect(try observe("allow_reading", isOn: false).holds)
  }

  @Test func `the store gets the same, and a line from which it is made anew`() throws {
    try put("off", at: "\(store)/policy.kern")
    let all = [installed, "\(store)/policy.kern", "\(store)/booleans.local"]
    #expect(try observe("allow_reading").steps.map(\.target) == all)
    root.write("\(store)/booleans.local", "allow_reading=1\n")
    #expect(try observe("allow_reading").steps.map(\.target) == Array(all.prefix(2)))
  }

  @Test func `a store that would set it back is no better than a policy that has it off`() throws {
    try put("on", at: installed)
    try put("off", at: "\(store)/policy.kern")
    #expect(
      try observe("allow_reading").lines == ["boot off (\(store)/policy.kern) -> on"])
    try put("on", at: "\(store)/policy.kern")
    #expect(try observe("allow_reading").holds)
    root.write("\(store)/booleans.local", "# kept\nallow_reading = 0\nallow_writing=1\n")
    let observation = try observe("allow_reading")
    #expect(observation.lines == ["boot off (\(store)/booleans.local) -> on"])
    guard case .editFile(let order)? = observation.steps.first else { return }
    #expect(order.edits.map(\.before) == ["allow_reading = 0"])
  }

  @Test func `what the policy lacks, or cannot be read, is never a pass`() throws {
    #expect(
      try observe("allow_redding").standing
        == .refused("the policy 'test' has no such boolean; did you mean 'allow_reading'?"))
    root.write(installed, "not a policy")
    #expect(
      try observe("allow_reading").standing
        == .unmeasured("the policy \(installed) has a form that harden does not know"))
    try Shell.run("rm -r \(root.outside("/etc/selinux/test"))")
    #expect(
      try observe("allow_reading").standing
        == .refused("no policy is installed below /etc/selinux/test; install one first"))
    root.write("/etc/selinux/config", "SELINUX=disabled\nSELINUXTYPE=test\n")
    #expect(try observe("allow_reading").standing == .notApplicable("SELinux is off here"))
  }
}
