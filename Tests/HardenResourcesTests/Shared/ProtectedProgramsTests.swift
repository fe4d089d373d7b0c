import HardenModel
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

  @Test func `a file of the same name elsewhere is just a file`() {
    for path in ["/usr/local/bin/sudo", "/home/alice/sudo", "/usr/bin/sudoedit", "/srv/bin/su"] {
      #expect(mode(0o4755, 0o755, path) == nil, "\(path)")
    }
  }
}
