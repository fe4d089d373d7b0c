import HardenModel
import Testing

@testable import HardenResources

@Suite struct SELinuxTests {
  @Test func `mode and booleans are a resource each`() throws {
    let entry = try Entry<SELinux>("{mode: permissive, booleans: {b_two: false, a_one: true}}")
    #expect(entry.messages == [])
    #expect(
      entry.resources == [
        SELinux(nil, isOn: false), SELinux("b_two", isOn: false), SELinux("a_one", isOn: true),
      ])
    #expect(
      entry.resources.map(\.address.description) == [
        "selinux[mode]", "selinux[b_two]", "selinux[a_one]",
      ])
  }

  @Test func `a permissive domain is a resource that no boolean is taken for`() throws {
    let entry = try Entry<SELinux>(
      "{permissive: {sshd_t: true, cron_t: false}, booleans: {a: true}}")
    #expect(entry.messages == [])
    #expect(
      entry.resources == [
        SELinux("a", isOn: true), SELinux(permissive: "sshd_t", isOn: true),
        SELinux(permissive: "cron_t", isOn: false),
      ])
    #expect(
      entry.resources.map(\.address.description) == [
        "selinux[a]", "selinux[permissive/sshd_t]", "selinux[permissive/cron_t]",
      ])
  }

  @Test(arguments: [
    ("{}", "selinux asks for nothing"),
    ("{mode: disabled}", "'disabled' is none of enforcing, permissive"),
    ("{booleans: [a]}", "expected a mapping of names to true or false, found a list"),
    ("{booleans: {a: on}}", "expected true or false, found 'on'"),
    ("{booleans: {../a: true}}", "'../a' is no name that a policy has"),
    ("{permissive: sshd_t}", "expected a mapping of names to true or false, found text"),
    ("{mode: permissive, boolean: {a: true}}", "unknown key 'boolean' in selinux"),
  ])
  func `what cannot be meant is reported`(yaml: String, message: String) throws {
    let entry = try Entry<SELinux>(yaml)
    #expect(entry.messages == [message])
  }
}
