import Foundation
import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct FileObservingTests {
  private func file(_ yaml: String) throws -> File {
    let entry = try Entry<File>("{path: /etc/f, \(yaml)}")
    #expect(entry.messages == [])
    return try #require(entry.resources.first)
  }

  private func observe(_ root: TemporaryRoot, _ yaml: String) throws -> Observation {
    let file = try file(yaml)
    let observation = try file.observe(Host(root: root.path), for: .test)
    // What was planned must be what is wanted.
    if !observation.steps.isEmpty {
      let contents = Dictionary(
        observation.contents.map { (Digest(of: $0.raw), $0.raw) },
        uniquingKeysWith: { one, _ in one })
      let host = try Host(root: root.path).after(observation.steps, contents: contents)
      let again = try file.observe(host, for: .test)
      #expect(again.holds, "\(again)")
      #expect(again.steps.isEmpty, "\(again.steps)")
    }
    return observation
  }

  @Test func `a file that is as wanted needs nothing`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/f", "x\n", mode: 0o600)
    let observation = try observe(root, "owner: root, mode: {at_most: \"0644\"}, content: \"x\\n\"")
    #expect(observation.holds)
    #expect(observation.steps.isEmpty)
    #expect(observation.planes.count == 3)
    #expect(try observe(root, "state: present").holds)
  }

  @Test func `a secret is compared and handed over, and shown nowhere`() throws {
    let root = try TemporaryRoot()
    root.write("/key", "hunter2\n", mode: 0o600)
    let file = try file("secret: {source: \(root.path)/key}")
    let missing = try file.observe(Host(root: root.path), for: .test)
    #expect(missing.secrets == ["\(root.path)/key": Bytes(Array("hunter2\n".utf8))])
    #expect(missing.contents.isEmpty)
    #expect(
      missing.planes.map(\.wanted) == ["file root:root 0600 holding the secret in \(root.path)/key"]
    )
    root.write("/etc/f", "older\n", mode: 0o644)
    let other = try file.observe(Host(root: root.path), for: .test)
    #expect(other.notes == [TextDiff.hidden] && other.contents.isEmpty)
    #expect(other.lines == ["file another secret -> the secret in \(root.path)/key"])
    root.write("/etc/f", "hunter2\n", mode: 0o600)
    #expect(try file.observe(Host(root: root.path), for: .test).holds)
  }

  @Test func `only attributes differ`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/f", "x\n", mode: 0o666)
    let observation = try observe(
      root, "group: shadow, mode: {at_most: \"0640\"}, content: \"x\\n\"")
    #expect(
      observation.steps == [
        .setAttributes(
          SetAttributes(
            path: "/etc/f", isDirectory: false,
            before: Attributes(group: .name("root"), mode: Mode(0o666)),
            after: Attributes(group: .name("shadow"), mode: Mode(0o640))))
      ])
    #expect(
      observation.lines.filter { !$0.hasSuffix("holds") } == [
        "file group root -> group shadow", "file mode 0666 -> mode 0640",
      ])
  }

  @Test func `a new content keeps what is not claimed`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/f", "a\nb\nc\n")
    let observation = try observe(root, "content: \"a\\nB\\nc\\n\"")
    let (old, new) = (Digest(of: "a\nb\nc\n".utf8), Digest(of: "a\nB\nc\n".utf8))
    #expect(
      observation.steps == [
        .writeFile(
          WriteFile(path: "/etc/f", before: FileState(.file(old)), after: FileState(.file(new))))
      ])
    #expect(observation.contents == [Bytes(Array("a\nB\nc\n".utf8))])
    #expect(observation.notes == ["@@ -1,3 +1,3 @@\n a\n-b\n+B\n c"])
  }

  @Test func `a difference is shown only to those who may read the file`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/f", "secret\n", mode: 0o640)
    #expect(try observe(root, "content: \"new\"").notes == ["content differs (not shown)"])
    #expect(
      try observe(root, "content: \"new\", show: true").notes.first?.contains("-secret") == true)
  }

  @Test func `a file is made with its owner and mode`() throws {
    let root = try TemporaryRoot()
    let observation = try observe(root, "content: x, owner: alice, mode: \"0600\"")
    #expect(
      observation.lines == ["file - -> file alice:root 0600 sha256:\(Digest(of: "x".utf8).short)"])
    let made = Attributes(owner: .name("alice"), group: .name("root"), mode: Mode(0o600))
    #expect(
      observation.steps == [
        .writeFile(
          WriteFile(
            path: "/etc/f", before: .absent, after: FileState(.file(Digest(of: "x".utf8)), made)))
      ])
    #expect(try observe(root, "state: present").contents == [Bytes([])])
  }

  @Test func `a file that is missing is refused, left out, or fine`() throws {
    let root = try TemporaryRoot()
    guard case .refused = try observe(root, "mode: \"0600\"").standing else {
      Issue.record("only attributes were claimed")
      return
    }
    #expect(
      try observe(root, "mode: \"0600\", if_missing: skip").standing
        == .notApplicable("there is no /etc/f"))
    #expect(
      try observe(root, "content: x, if_missing: skip").standing
        == .notApplicable("there is no /etc/f"))
    #expect(try observe(root, "state: absent").holds)
  }

  @Test func `a file is removed with its digest as condition`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/f", "x")
    #expect(
      try observe(root, "state: absent").steps == [
        .writeFile(
          WriteFile(path: "/etc/f", before: FileState(.file(Digest(of: "x".utf8))), after: .absent))
      ])
  }

  @Test func `links, directories and further names are refused, and only for a change`() throws {
    let root = try TemporaryRoot()
    root.link("/etc/f", to: "passwd")
    #expect(
      try observe(root, "mode: \"0644\"").standing
        == .refused("it is a link to passwd; name its target or take the link away"))
    let directory = try TemporaryRoot()
    directory.makeDirectory("/etc/f")
    guard case .refused = try observe(directory, "state: absent").standing else {
      Issue.record("a directory")
      return
    }
    let linked = try TemporaryRoot()
    linked.write("/etc/f", "x", mode: 0o644)
    try FileManager.default.linkItem(
      atPath: linked.outside("/etc/f"), toPath: linked.outside("/etc/g"))
    #expect(try observe(linked, "mode: \"0644\"").holds)
    guard case .refused(let why) = try observe(linked, "mode: \"0600\"").standing else {
      Issue.record("two names")
      return
    }
    #expect(why.contains("2 names"))
  }

  @Test func `a link that somebody else could replace is refused on the way`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/open", mode: 0o777)
    root.link("/open/l", to: "/etc")
    let entry = try Entry<File>("{path: /open/l/f, content: x}")
    let observation = try #require(entry.resources.first).observe(Host(root: root.path), for: .test)
    guard case .refused(let why) = observation.standing else {
      Issue.record("\(observation)")
      return
    }
    #expect(why.contains("could be replaced by somebody else"))
  }

  @Test func `an ACL is set, compared and taken away`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/f", "x", mode: 0o640)
    let observation = try observe(root, "acl: \"u:alice:rw\"")
    #expect(
      observation.lines == [
        "file acl none -> acl u:alice:rw-,g::r--", "file mode 0640 -> mode 0660",
      ])
    #expect(try observe(root, "acl: none").holds)
  }
}
