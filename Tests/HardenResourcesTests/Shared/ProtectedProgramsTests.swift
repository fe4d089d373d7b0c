import HardenCore
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ProtectedProgramsTests {
  private func mode(_ from: UInt16, _ to: UInt16, _ path: String) -> String? {
    ProtectedPrograms.losing(Mode(from), Mode(to), at: path)
  }

  @Test func `sudo without its set-id bit helps nobody`() {
    #expect(
      mode(0o4755, 0o755, "/usr/bin/sudo")
        == "/usr/bin/sudo loses its set-id bit (4755 to 0755): nobody can become root with it any more"
    )
    #expect(mode(0o4755, 0o4750, "/usr/bin/sudo") == nil)
    #expect(mode(0o2755, 0o755, "/usr/bin/crontab") != nil)
  }

  /// What everything below /usr/bin would lose by `yaml`.
  private func risks(_ yaml: String) throws -> [String] {
    let root = try TemporaryRoot()
    root.write("/usr/bin/sudo", "", mode: 0o4755)
    root.write("/usr/bin/other", "", mode: 0o4755)
    let text = "{path: /usr/bin, recursive: true, \(yaml)}"
    let directory = try #require(try Entry<Directory>(text).resources.first)
    return try directory.observe(Host(root: root.path), for: .test).risks
  }

  @Test func `a directory whose files lose their bits names the programs that need them`() throws {
    #expect(
      try risks("files: {mode: {at_most: \"0755\"}}") == [
        "/usr/bin/sudo loses its set-id bit (4755 to 0755): nobody can become root with it any more"
      ])
    #expect(try risks("files: {mode: {at_most: \"4750\"}}") == [])
  }

  @Test func `a new owner is whom a program acts for`() throws {
    #expect(
      try risks("owner: alice") == [
        "/usr/bin/sudo would act for alice and no longer for root: nobody can become root with it any more"
      ])
    #expect(try risks("owner: root") == [])
  }

  @Test func `a file of the same name elsewhere is just a file`() {
    for path in ["/usr/local/bin/sudo", "/home/alice/sudo", "/usr/bin/sudoedit", "/srv/bin/su"] {
      #expect(mode(0o4755, 0o755, path) == nil, "\(path)")
    }
  }
}
