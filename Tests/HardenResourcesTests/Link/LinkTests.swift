import Testing

@testable import HardenResources

@Suite struct LinkTests {
  @Test func `one resource for each path`() throws {
    let entry = try Entry<Link>("{path: [/a, /b], target: ../x}")
    #expect(entry.messages == [])
    #expect(
      entry.resources == [Link(path: "/a", target: "../x"), Link(path: "/b", target: "../x")])
    #expect(
      try Entry<Link>("{path: /a, state: absent}").resources == [Link(path: "/a", target: nil)])
  }

  @Test(arguments: [
    ("{path: /a}", "link needs 'target'"), ("{target: /a}", "link needs 'path'"),
    ("{path: /a, target: b, state: absent}", "a link that is absent has no target"),
    ("{path: /a, target: ''}", "a link cannot point to ''"),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<Link>(yaml).messages == [message])
  }
}
