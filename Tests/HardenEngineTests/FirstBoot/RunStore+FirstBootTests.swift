import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct RunStoreFirstBootTests {
  @Test func `what is left is kept, read, and taken away when it is done`() throws {
    let engine = try Engine()
    let store = try engine.store()
    #expect(try store.leftToFirstBoot() == [])
    try store.leaveToFirstBoot(12, accepted: ["a", "b"])
    try store.leaveToFirstBoot(3, accepted: [])
    #expect(try engine.store().leftToFirstBoot() == [3, 12])
    #expect(try store.acceptedForFirstBoot(12) == ["a", "b"])
    try store.completeFirstBoot()
    #expect(try engine.store().leftToFirstBoot() == [])
    #expect(try engine.store().state.names("first-boot") == [], "the unit looks for an empty one")
  }

  @Test func `a damaged record is no empty one`() throws {
    let engine = try Engine()
    let store = try engine.store()
    try store.leaveToFirstBoot(1, accepted: ["a"])
    try store.state.store([0x7B], as: "first-boot/1")
    #expect(throws: Failure.self) { _ = try store.acceptedForFirstBoot(1) }
  }

  /// The unit and the program have to mean the same directory, and all that it names has to be there.
  @Test func `the packaged unit looks at the same directory`() throws {
    let packaging = Snapshot.repository.appending(path: "Sources/Packaging")
    let unit = try String(
      contentsOf: packaging.appending(path: "systemd/harden-firstboot.service"), encoding: .utf8)
    let lines = unit.split(separator: "\n").map(String.init)
    #expect(lines.contains("ConditionDirectoryNotEmpty=/var/lib/harden/first-boot"))
    #expect(lines.contains("ExecStart=/usr/sbin/harden first-boot"))
    #expect(lines.contains("OnFailure=harden-firstboot-failed.service"))
    let failed = try String(
      contentsOf: packaging.appending(path: "systemd/harden-firstboot-failed.service"),
      encoding: .utf8)
    #expect(failed.contains(" /usr/share/harden/firstboot-failed "))
    #expect(
      FileManager.default.fileExists(
        atPath: packaging.appending(path: "share/firstboot-failed").path()))
  }
}
