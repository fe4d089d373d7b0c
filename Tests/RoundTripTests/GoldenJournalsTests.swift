import Foundation
import HardenTestSupport
import Testing

/// State directories that released versions left behind, runs that were ended in their middle
/// included: every later version has to recover and to undo them.
struct GoldenJournalsTests {
  private static let folder = Snapshot.repository.appending(path: "Fixtures/journals")

  private static let versions: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []).sorted()

  @Test func `there are journals of the first version`() {
    #expect(Self.versions.contains("0.1.0"))
  }

  @Test(arguments: versions, [("interrupted", "recover"), ("finished", "rollback --yes")])
  func `an older version's run is put back`(version: String, state: (folder: String, verb: String))
    throws
  {
    let work = "/tmp/harden-golden-\(UUID().uuidString)"
    defer { TemporaryRoot.remove(work) }
    let source = Self.folder.appending(path: "\(version)/\(state.folder)").path()
    try Shell.run(
      "cp -r '\(source)' \(work); chmod -R go-rwx \(work)/state; chmod -R u=rwX,go=rX \(work)/root")
    let ended = try Launch(
      Program.path,
      state.verb.split(separator: " ").map(String.init)
        + ["--root", "\(work)/root", "--state", "\(work)/state"], captures: true)
    #expect(ended.status == 0, "\(ended.output)")
    #expect(try Shell.run("cat \(work)/root/etc/motd") == "old\n")
    #expect(try Shell.run("cat \(work)/root/etc/sysctl.conf") == "net.ipv4.tcp_syncookies = 0\n")
    #expect(!FileManager.default.fileExists(atPath: "\(work)/root/etc/made"))
    #expect(!FileManager.default.fileExists(atPath: "\(work)/root/etc/sysctl.d"))
  }
}
