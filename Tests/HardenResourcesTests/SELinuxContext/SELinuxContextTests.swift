import HardenModel
import Testing

@testable import HardenResources

@Suite struct SELinuxContextTests {
  @Test func `one resource for each path`() throws {
    let entry = try Entry<SELinuxContext>(
      "{path: [/a, /b], type: bin_t, level: \"s0-s0:c0.c1023\", recursive: true, persist: true}")
    #expect(entry.messages == [])
    #expect(
      entry.resources.map(\.address.description) == ["selinux_context[/a]", "selinux_context[/b]"])
    #expect(entry.resources[0].label == LabelWanted(type: "bin_t", level: "s0-s0:c0.c1023"))
    #expect(entry.resources[1].isRecursive && entry.resources[1].isPersistent)
  }

  @Test(arguments: [
    ("{path: /a}", "selinux_context asks for nothing"),
    ("{path: /a, type: \"u:r:t:s0\"}", "'u:r:t:s0' is no word of a label"),
    ("{path: /a, type: \"\"}", "'' is no word of a label"),
    ("{path: /a, level: top}", "'top' is no level such as s0"),
    ("{type: bin_t}", "selinux_context needs 'path'"),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<SELinuxContext>(yaml).messages == [message])
  }

  @Test(arguments: [
    (LabelWanted(type: "bin_t"), "u:r:t:s0:c1", "u:r:bin_t:s0:c1"),
    (LabelWanted(user: "a", level: "s1"), "u:r:t:s0", "a:r:t:s1"),
    (LabelWanted(type: "bin_t"), nil, "system_u:object_r:bin_t:s0"),
    (LabelWanted(role: "r2"), "u:r:t", "u:r2:t"),
  ])
  func `what is not claimed stays`(wanted: LabelWanted, before: String?, after: String) {
    #expect(wanted.applied(to: before) == after)
  }
}
