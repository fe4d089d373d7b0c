import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct DirectoryObservingTests {
  private func observe(_ root: TemporaryRoot, _ yaml: String) throws -> Observation {
    let entry = try Entry<Directory>("{path: /srv/d, \(yaml)}")
    #expect(entry.messages == [])
    let directory = try #require(entry.resources.first)
    let observation = try directory.observe(Host(root: root.path), for: .test)
    if !observation.steps.isEmpty {
      let host = try Host(root: root.path).after(observation.steps, contents: [:])
      let again = try directory.observe(host, for: .test)
      #expect(again.holds, "\(again)")
      #expect(again.steps.isEmpty, "\(again.steps)")
    }
    return observation
  }

  @Test func `a directory is made`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/srv")
    let observation = try observe(root, "state: present, group: shadow, mode: \"2750\"")
    #expect(observation.lines == ["file - -> directory root:shadow 2750"])
    let made = Attributes(owner: .name("root"), group: .name("shadow"), mode: Mode(0o2750))
    #expect(
      observation.steps == [
        .writeFile(WriteFile(path: "/srv/d", before: .absent, after: FileState(.directory, made)))
      ])
    #expect(observation.notes == [])
  }

  @Test func `one that is missing is refused, left out, or noted for its parent`() throws {
    let root = try TemporaryRoot()
    guard case .refused = try observe(root, "mode: \"0750\"").standing else {
      Issue.record("only attributes were claimed")
      return
    }
    #expect(
      try observe(root, "mode: \"0750\", if_missing: skip").standing
        == .notApplicable("there is no /srv/d"))
    #expect(
      try observe(root, "state: present").notes == ["its directory /srv has to be made first"])
    #expect(try observe(root, "state: absent").holds)
  }

  @Test func `attributes differ`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/srv/d", mode: 0o777)
    #expect(
      try observe(root, "owner: alice, mode: {at_most: \"0750\"}").steps == [
        .setAttributes(
          SetAttributes(
            path: "/srv/d", isDirectory: true,
            before: Attributes(owner: .name("root"), mode: Mode(0o777)),
            after: Attributes(owner: .name("alice"), mode: Mode(0o750))))
      ])
    #expect(try observe(root, "state: present").holds)
  }

  @Test func `only an empty directory is removed`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/srv/d")
    #expect(
      try observe(root, "state: absent").steps == [
        .writeFile(WriteFile(path: "/srv/d", before: FileState(.directory), after: .absent))
      ])
    root.write("/srv/d/x", "")
    guard case .refused(let why) = try observe(root, "state: absent").standing else {
      Issue.record("it holds x")
      return
    }
    #expect(why.contains("it holds x"))
  }

  @Test func `a file or a link in its place is refused`() throws {
    let root = try TemporaryRoot()
    root.write("/srv/d", "")
    guard case .refused = try observe(root, "mode: \"0750\"").standing else {
      Issue.record("a file")
      return
    }
    let linked = try TemporaryRoot()
    linked.makeDirectory("/srv")
    linked.link("/srv/d", to: "/etc")
    guard case .refused = try observe(linked, "mode: \"0750\"").standing else {
      Issue.record("a link")
      return
    }
  }
}
