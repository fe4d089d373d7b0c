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

  @Test(arguments: [
    ("{}", "selinux asks for nothing"),
    ("{mode: disabled}", "'disabled' is none of enforcing, permissive"),
    ("{booleans: [a]}", "expected a mapping of booleans to true or false, found a list"),
    ("{booleans: {a: on}}", "expected true or false, found 'on'"),
    ("{booleans: {../a: true}}", "'../a' is no name of a boolean"),
    ("{mode: permissive, boolean: {a: true}}", "unknown key 'boolean' in selinux"),
  ])
  func `what cannot be meant is reported`(yaml: String, message: String) throws {
    let entry = try Entry<SELinux>(yaml)
    #expect(entry.messages == [message])
  }
}
