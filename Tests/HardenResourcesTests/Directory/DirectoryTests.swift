import Foundation
import HardenModel
import Testing

@testable import HardenResources

@Suite struct DirectoryTests {
  @Test func `owners reach everything below, masks say more`() throws {
    let entry = try Entry<Directory>(
      """
      {path: /srv, owner: root, group: "${g}", mode: "0750", recursive: true,
       files: {mode: {at_most: "${m}"}}, directories: {mode: {at_most: "0750"}, group: adm}}
      """, variables: ["g": "alice", "m": "0640"])
    #expect(entry.messages == [])
    let directory = try #require(entry.resources.first)
    #expect(directory.address.description == "directory[/srv]")
    #expect(directory.attributes.mode == .accepted(Accepted(Mode(0o750))))
    let root = Accepted<Principal>(.name("root"))
    #expect(
      directory.below?.files
        == AttributesWanted(
          owner: root, group: Accepted(.name("alice")), mode: .atMost(Mode(0o640))))
    #expect(
      directory.below?.directories
        == AttributesWanted(owner: root, group: Accepted(.name("adm")), mode: .atMost(Mode(0o750))))
    #expect(try Entry<Directory>("{path: /srv, owner: root}").resources.first?.below == nil)
  }

  @Test(arguments: [
    ("{path: /a, files: {mode: \"0600\"}}", "files and directories say what lies below"),
    ("{path: /a, recursive: true, files: {acl: none}}", "unknown key 'acl' in what lies below"),
    ("{path: /a, state: absent, owner: root}", "a directory that is absent has no attributes"),
    ("{path: /a, state: absent, recursive: true}", "a directory that is absent has no attributes"),
    ("{path: /a, recursive: yes}", "expected true or false, found 'yes'"),
  ])
  func `mistakes`(yaml: String, message: String) throws {
    #expect(try Entry<Directory>(yaml).messages == [message])
  }

  @Test func `it comes back from a plan as it was`() throws {
    let entry = try Entry<Directory>(
      "{path: /a, recursive: true, owner: root, files: {mode: \"0600\"}}")
    let copy = try JSONDecoder().decode(
      [Directory].self, from: JSONEncoder().encode(entry.resources))
    #expect(copy == entry.resources)
  }
}
