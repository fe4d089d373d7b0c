import HardenModel
import Testing

@testable import HardenResources

@Suite struct AttributesWantedTests {
  @Test func `what is not claimed comes from the other`() {
    let own = AttributesWanted(owner: Accepted(.name("a")))
    let other = AttributesWanted(owner: Accepted(.name("b")), group: Accepted(.name("c")))
    #expect(
      own.filled(from: other)
        == AttributesWanted(owner: Accepted(.name("a")), group: Accepted(.name("c"))))
    #expect(!own.isEmpty)
    #expect(AttributesWanted().isEmpty)
  }

  @Test func `all four fields are read`() throws {
    let entry = try Entry<File>("{path: /f, owner: a, group: b, mode: \"0600\", acl: none}")
    #expect(
      entry.resources.first?.attributes
        == AttributesWanted(
          owner: Accepted(.name("a")), group: Accepted(.name("b")),
          mode: .accepted(Accepted(Mode(0o600))),
          acl: AccessListWanted(entries: [])))
  }
}
