import Foundation
import HardenModel
import Testing

@testable import HardenResources

@Suite struct FileTests {
  @Test func `paths, attributes and content`() throws {
    let entry = try Entry<File>(
      "{path: [/a, /b], owner: root, mode: \"0600\", content: \"x ${n}\\n\", show: true, if_missing: skip}",
      variables: ["n": "1"])
    #expect(entry.messages == [])
    #expect(entry.resources.map(\.address.description) == ["file[/a]", "file[/b]"])
    #expect(entry.resources[0].content?.text == "x ${n}\n")
    #expect(entry.resources[0].isShown)
    #expect(entry.resources[0].isMissingAllowed)
    #expect(entry.resources[1].attributes.owner?.set == .name("root"))
  }

  @Test func `variables are replaced in content only when asked`() throws {
    let content = try Entry<File>(
      "{path: /a, substitute: true, content: \"x ${n}\"}", variables: ["n": "1"])
    #expect(content.resources.first?.content?.text == "x 1")
    let sources = ["s": Array("y ${n}".utf8), "b": [0xFF]]
    let source = try Entry<File>("{path: /a, source: s}", variables: ["n": "1"], sources: sources)
    #expect(source.resources.first?.content?.text == "y ${n}")
    let both = try Entry<File>(
      "{path: /a, source: s, substitute: true}", variables: ["n": "1"], sources: sources)
    #expect(both.resources.first?.content?.text == "y 1")
    let bytes = try Entry<File>("{path: /a, source: b}", sources: sources)
    #expect(bytes.resources.first?.content?.raw == [0xFF])
    let binary = try Entry<File>("{path: /a, source: b, substitute: true}", sources: sources)
    #expect(binary.messages == ["only text can have variables replaced"])
  }

  @Test(arguments: [
    ("{owner: root}", "file needs 'path'"),
    ("{path: relative}", "'relative' is not a plain absolute path"),
    ("{path: /a/../b}", "'/a/../b' is not a plain absolute path"),
    ("{path: /a, content: x, source: s}", "file has both content and source"),
    ("{path: /a, content: x, secret: {source: /s}}", "file has both content and secret"),
    ("{path: /a, show: true, secret: {source: /s}}", "a secret is never shown"),
    ("{path: /a, secret: {source: s}}", "'s' is not a plain absolute path"),
    ("{path: /a, secret: {}}", "a secret needs 'source'"),
    (
      "{path: /a, state: absent, mode: \"0600\"}",
      "a file that is absent has neither content nor attributes"
    ),
    (
      "{path: /a, state: absent, content: \"\"}",
      "a file that is absent has neither content nor attributes"
    ),
    ("{path: /a, source: none}", "'none' cannot be read: no playbook file stands beside it"),
    ("{path: /a, modes: \"0600\"}", "unknown key 'modes' in file"),
  ])
  func `mistakes`(yaml: String, message: String) throws {
    #expect(try Entry<File>(yaml).messages.contains(message))
  }

  @Test func `it comes back from a plan as it was`() throws {
    let entry = try Entry<File>(
      "{path: /a, owner: {any: [root, 7]}, group: shadow, mode: {at_most: \"0640\"}, acl: \"u:alice:r\", source: s}",
      sources: ["s": [0xFF, 0x00]])
    let copy = try JSONDecoder().decode([File].self, from: JSONEncoder().encode(entry.resources))
    #expect(copy == entry.resources)
  }
}
