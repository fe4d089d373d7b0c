import HardenCore
import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct PlaybookKeysTests {
  @Test func `every key is known to the reader`() throws {
    let loaded = try Loading().load(
      """
      harden: 1
      requires: {harden: ">=0.1"}
      name: example
      title: t
      include: []
      profiles: {one: {tags: [l1]}}
      vars: {}
      controls: [{id: a, ensure: [sysctl: {key: kernel.sysrq, value: 0}]}]
      waivers: []

      """)
    #expect(loaded.diagnostics == [])
    #expect(Set(PlaybookKeys.all.map(\.name)).count == 10)
  }

  @Test func `requirements and profiles refuse what they do not know`() throws {
    let loaded = try Loading().load(
      Loading.playbook(
        "requires: {hardn: \"1\"}\nprofiles: {one: {tag: [l1]}}\ncontrols:\n" + Loading.control("a")
      ))
    #expect(Loading.codes(loaded) == ["H0101 3:12", "H0102 4:17", "H0101 4:18"])
  }
}
