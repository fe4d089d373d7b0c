import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct FileCapabilityFindingTests {
  @Test func `of many programs those with capabilities, of one that it has none`() throws {
    let root = try TemporaryRoot()
    for name in ["ping", "proxy", "ls"] { root.write("/usr/bin/\(name)", "#!", mode: 0o755) }
    try Shell.run("setcap cap_net_raw=ep \(root.outside("/usr/bin/ping"))")
    #expect(
      try FileCapability.lines("/usr/bin/*", on: root) == [
        "path='/usr/bin/ping' capabilities='cap_net_raw=ep'"
      ])
    #expect(
      try FileCapability.lines("/usr/bin/ls", on: root) == [
        "path='/usr/bin/ls' capabilities='none'"
      ])
    #expect(FileCapability.mistake(in: "ping") != nil)
  }
}
