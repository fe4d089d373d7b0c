import Foundation
import HardenTestSupport
import Testing

@Suite struct HostOptionsTests {
  @Test func `runs are kept below the root unless said otherwise`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(FileManager.default.fileExists(atPath: host.path("root/var/lib/harden/runs/1")))
    let other = try RootedHost(playbook: RootedHost.banner())
    let applied = try other.harden("apply", "playbook.yaml", "--yes", "--state", "kept")
    #expect(applied.status == 0, "\(applied)")
    #expect(FileManager.default.fileExists(atPath: other.path("kept/runs/1")))
    #expect(!FileManager.default.fileExists(atPath: other.path("root/var")))
    #expect(try other.harden("runs", "--state", "kept").output.contains("in effect"))
  }

  @Test func `runs that may not be read are unknown to a plan and an error to a list`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    let result = try Program.shell(
      """
      chmod 755 . root root/etc root/var root/var/lib; chmod 644 playbook.yaml root/etc/*
      cp "$HARDEN" ./harden
      as() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
      as ./harden plan playbook.yaml --root root; echo $?; as ./harden runs --root root; echo $?
      """, in: host.folder.path())
    #expect(
      result.output.contains("drift is not known") && result.output.hasSuffix("0\n77\n"),
      "\(result)")
  }
}
