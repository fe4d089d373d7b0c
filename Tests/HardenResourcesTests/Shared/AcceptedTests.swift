import HardenModel
import Testing

@testable import HardenResources

@Suite struct AcceptedTests {
  private func read(_ owner: String) throws -> (Accepted<Principal>?, [String]) {
    let entry = try Entry<File>("{path: /f, owner: \(owner)}", variables: ["who": "alice"])
    return (entry.resources.first?.attributes.owner, entry.messages)
  }

  @Test func `a value, or several with the one that is written`() throws {
    #expect(try read("root").0 == Accepted(.name("root")))
    #expect(try read("0").0 == Accepted(.id(0)))
    #expect(
      try read("{any: [root, shadow]}").0
        == Accepted(any: [.name("root"), .name("shadow")], set: .name("root")))
    #expect(
      try read("{any: [root, \"${who}\"], set: \"${who}\"}").0
        == Accepted(any: [.name("root"), .name("alice")], set: .name("alice")))
  }

  @Test(arguments: [
    ("{any: []}", "expected at least one accepted value, found a mapping"),
    ("{set: root}", "the value needs 'any'"),
    ("{any: [root], set: shadow}", "what is written is not among what is accepted"),
    ("{any: [root], else: shadow}", "unknown key 'else' in the value"),
    ("{any: [-x]}", "'-x' cannot be the name of an account"),
  ])
  func `mistakes`(owner: String, message: String) throws {
    let (_, messages) = try read(owner)
    #expect(messages == [message])
  }
}
