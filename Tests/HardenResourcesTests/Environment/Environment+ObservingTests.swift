import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct EnvironmentObservingTests {
  private func observe(
    _ root: TemporaryRoot, _ value: String = "on", place: String = "profile.d", more: String = ""
  ) throws -> Observation {
    let entry = try Entry<Environment>(
      "{name: x, where: \(place), variables: {A: '\(value)'}\(more)}")
    #expect(entry.messages == [])
    let one = try #require(entry.resources.first)
    return try one.proved(on: root)
  }

  @Test func `our own line comes and changes without asking`() throws {
    let root = try TemporaryRoot()
    #expect(
      try observe(root).steps.map(\.target) == ["/etc/profile.d", "/etc/profile.d/zz-x.sh"])
    root.write("/etc/profile.d/zz-x.sh", "export A=off # old\nexport B=1\n")
    #expect(try observe(root).lines == ["file off (/etc/profile.d/zz-x.sh:1) -> on"])
    #expect(try observe(root, "off").holds)
  }

  @Test func `what somebody else has set stays unless told so`() throws {
    let root = try TemporaryRoot()
    let overwrite = ", overwrite: true"
    root.write("/etc/profile.d/a.sh", "A=other\n")
    #expect(
      try observe(root).standing
        == .refused(
          "/etc/profile.d/a.sh:1 sets it to other; say overwrite: true, or take that line away"))
    #expect(try observe(root, more: overwrite).steps.map(\.target) == ["/etc/profile.d/zz-x.sh"])
    #expect(try observe(root, "other").holds)
    root.write("/etc/profile.d/zzz.sh", "export A=\"late\"\n")
    #expect(
      try observe(root, more: overwrite).steps.map(\.target) == [
        "/etc/profile.d/zz-x.sh", "/etc/profile.d/zzz.sh",
      ])
    root.write("/usr/lib/environment.d/zzz.conf", "A=late\n")
    #expect(
      try observe(root, place: "environment.d", more: overwrite).standing
        == .refused("/usr/lib/environment.d/zzz.conf would still win and is not ours to edit"))
  }

  @Test func `the file of Go belongs to everybody`() throws {
    let root = try TemporaryRoot()
    let file = ", file: /usr/local/go/go.env"
    guard case .refused = try observe(root, place: "go", more: file).standing else {
      Issue.record("made")
      return
    }
    root.write("/usr/local/go/go.env", "# defaults\nGOPROXY=off\n")
    #expect(try observe(root, place: "go", more: file).steps.count == 1)
    root.write("/usr/local/go/go.env", "A=off\n")
    guard case .refused = try observe(root, place: "go", more: file).standing else {
      Issue.record("clobbered")
      return
    }
    #expect(
      try observe(root, place: "go", more: file + ", overwrite: true").lines == [
        "file off (/usr/local/go/go.env:1) -> on"
      ])
  }
}
