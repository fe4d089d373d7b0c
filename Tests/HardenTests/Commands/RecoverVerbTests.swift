import Foundation
import HardenTestSupport
import Testing

@Suite struct RecoverVerbTests {
  @Test func `nothing interrupted is nothing to do`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("recover")
    #expect(result.status == 0 && result.output == "Nothing to do.\n")
  }

  @Test func `a run without an end is announced everywhere and put right`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    try host.write("root/etc/banner", "Welcome\n")
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    try FileManager.default.removeItem(atPath: host.path("root/var/lib/harden/runs/1/result.json"))
    let journal = URL(filePath: host.path("root/var/lib/harden/runs/1/journal"))
    let bytes = try Data(contentsOf: journal)
    try bytes.dropLast(40).write(to: journal)

    let status = try host.harden("status")
    #expect(status.status == 4 && status.output.contains("next: harden recover"), "\(status)")
    for arguments in [["apply", "playbook.yaml", "--yes"], ["rollback", "--yes"]] {
      let result = try Program.run(
        arguments + ["--root", host.path("root")], in: host.folder.path())
      #expect(result.status == 4 && result.messages.contains("harden recover"), "\(result)")
    }
    let recovered = try host.harden("recover")
    #expect(recovered.status == 0 && host.text("root/etc/banner") == "Welcome\n", "\(recovered)")
    #expect(try host.harden("status").status == 0)
  }
}
