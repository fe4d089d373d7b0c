import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ProcessHidingTests {
  private let root: TemporaryRoot
  private static let way =
    "give units ProtectProc=invisible instead, which hides processes from them alone"

  init() throws { root = try TemporaryRoot() }

  private func observed(_ options: String) throws -> Observation {
    let entry = try Entry<Mount>("{path: /proc, options: [\(options)]}")
    #expect(entry.messages == [])
    return try #require(entry.resources.first).observe(Host(root: root.path), for: .test)
  }

  @Test func `who could no longer look into processes is named`() throws {
    root.write("/usr/lib/systemd/systemd", "")
    #expect(
      try observed("hidepid=2").standing
        == .refused(
          "hidepid=2 would break this host: systemd (/usr/lib/systemd/systemd) does not support it, "
            + "nor does logind; \(Self.way)"))
    root.write("/usr/lib/polkit-1/polkitd", "")
    let both = try observed("nosuid, hidepid=invisible")
    #expect(
      both.standing
        == .refused(
          "hidepid=invisible would break this host: systemd (/usr/lib/systemd/systemd) does not "
            + "support it, nor does logind, and polkit (/usr/lib/polkit-1/polkitd) could not look into "
            + "the processes that ask it; \(Self.way)"))
    #expect(both.steps.isEmpty)
  }

  @Test func `where neither is, it is said that the option is not that of one mount`() throws {
    #expect(
      try observed("hidepid=2").standing
        == .refused(
          "hidepid=2 belongs to the file system and not to one mount of it, and harden does not set "
            + "it; \(Self.way)"))
  }

  @Test func `flags of proc alone are none of that`() throws {
    root.write("/usr/lib/systemd/systemd", "")
    #expect(try observed("nosuid").differs == false)
    #expect(try observed("nosuid").standing == .measured)
  }

  @Test(
    .enabled(if: Namespace.isAvailable),
    arguments: [
      ("hidepid=2", "hidepid=2", true), ("hidepid=2", "hidepid=invisible", true),
      ("hidepid=1", "hidepid=2", false), ("", "hidepid=2", false), ("", "hidepid=0", true),
    ])
  func `what is in force is as wanted`(given: String, wanted: String, holds: Bool) throws {
    let isRefused = try Namespace.run {
      try Shell.run("mount -t proc \(given.isEmpty ? "" : "-o \(given)") proc /proc")
      return try ProcessHiding.refusal(of: wanted, HardenSystem.Host()) != nil
    }
    #expect(isRefused == !holds)
  }
}
