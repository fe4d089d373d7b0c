import Foundation
import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct DirectoryWalkTests {
  private func observe(_ root: String, _ yaml: String) throws -> Observation {
    let entry = try Entry<Directory>("{path: /srv, recursive: true, \(yaml)}")
    #expect(entry.messages == [])
    return try #require(entry.resources.first).observe(Host(root: root), for: .test)
  }

  private func tree() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.write("/srv/a", "", mode: 0o666)
    root.write("/srv/b/c", "", mode: 0o600)
    root.write("/srv/b/d/e", "", mode: 0o4777)
    root.makeDirectory("/srv/b/d", mode: 0o777)
    root.link("/srv/l", to: "/etc/passwd")
    return root
  }

  private let masks = "files: {mode: {at_most: \"0644\"}}, directories: {mode: {at_most: \"0755\"}}"

  @Test func `one step for each path that differs, and links are left alone`() throws {
    let root = try tree()
    let observation = try observe(root.path, masks)
    #expect(observation.steps.map(\.target) == ["/srv/a", "/srv/b/d", "/srv/b/d/e"])
    #expect(
      observation.lines == [
        "file a: mode 0666 -> a: mode 0644", "file b/d: mode 0777 -> b/d: mode 0755",
        "file b/d/e: mode 4777 -> b/d/e: mode 0644",
      ])
    let after = try Host(root: root.path).after(observation.steps, contents: [:])
    let again = try #require(
      try Entry<Directory>("{path: /srv, recursive: true, \(masks)}").resources.first)
    #expect(try again.observe(after, for: .test).holds)
  }

  @Test func `owners reach everything below`() throws {
    let root = try tree()
    let observation = try observe(root.path, "owner: alice")
    #expect(
      observation.steps.map(\.target) == [
        "/srv", "/srv/a", "/srv/b", "/srv/b/c", "/srv/b/d", "/srv/b/d/e",
      ])
  }

  @Test func `a file with further names or a pipe is refused by name, when it would change`() throws
  {
    let root = try tree()
    try FileManager.default.linkItem(atPath: root.outside("/srv/a"), toPath: root.outside("/srv/z"))
    guard case .refused(let why) = try observe(root.path, masks).standing else {
      Issue.record("two names")
      return
    }
    #expect(why.hasPrefix("/srv/a: the file has 2 names"))
    #expect(try observe(root.path, "files: {mode: {at_most: \"7777\"}}").holds)

    let other = try TemporaryRoot()
    other.makeDirectory("/srv")
    mkfifo(other.outside("/srv/p"), 0o666)
    chmod(other.outside("/srv/p"), 0o666)
    #expect(try observe(other.path, masks).standing == .refused("/srv/p: it is a pipe"))
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `another mount below is left alone`() throws {
    // Made outside, so that the mount is gone when the tree is removed.
    let root = try tree()
    try Namespace.run {
      try Namespace.bind(root.outside("/etc"), at: root.outside("/srv/b/d"))
      chmod(root.outside("/etc/passwd"), 0o666)
      let observation = try observe(root.path, masks)
      #expect(observation.steps.map(\.target) == ["/srv/a"])
    }
  }

  @Test func `too many entries are refused`() throws {
    let root = try tree()
    let host = try Host(root: root.path)
    let below = Directory.Below(files: AttributesWanted(), directories: AttributesWanted())
    for budget in 5...7 {
      var walk = DirectoryWalk(top: "/srv", mount: 0)
      walk.budget = budget
      try walk.descend(below, into: "/srv", on: host)
      #expect(
        walk.refusal
          == (budget < 6 ? "it holds more than 5 entries; name smaller directories" : nil))
    }
  }
}
