import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct SurroundingsTests {
  @Test func `a real host answers`() throws {
    let root = try TemporaryRoot()
    let host = HostSurroundings(try Host(root: root.path))
    #expect(host.fact(.os) == .known("debian"))
    #expect(host.outcome(of: .test(.os, values: ["debian"])) == .holds)
    #expect(host.fact(.kernel) != .known("6.1.0"))
  }

  @Test(arguments: Fact.allCases)
  func `no host has a stand-in for every fact`(fact: Fact) {
    guard case .known(let value) = NoSurroundings().fact(fact) else {
      Issue.record("\(fact) has none")
      return
    }
    #expect(!value.isEmpty)
    #expect(NoSurroundings().outcome(of: .test(.os, values: ["debian"])) == nil)
  }
}
