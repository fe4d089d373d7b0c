import Foundation
import HardenTestSupport
import Testing

@Suite struct InitVerbTests {
  private func host() throws -> RootedHost {
    let host = try RootedHost()
    try host.write("root/etc/sysctl.d/99-zz-harden.conf", "# harden: base/a\nkernel.sysrq = 4\n")
    return host
  }

  @Test func `the playbook goes to the output, or to a new file`() throws {
    let host = try host()
    let printed = try host.harden("init", "--from-host", "sysctl:kernel.*")
    #expect(printed.status == 0 && printed.output.contains("\nname: image\n"), "\(printed)")
    let saved = try host.harden("init", "--from-host", "sysctl:kernel.*", "--output", "p.yaml")
    #expect(saved.status == 0 && saved.output == "p.yaml: 1 resource\n", "\(saved)")
    #expect(host.text("p.yaml") == printed.output)
    #expect(!FileManager.default.fileExists(atPath: host.path("root/var")))
  }

  @Test func `nothing is ever written over`() throws {
    let host = try host()
    let result = try host.harden(
      "init", "--from-host", "sysctl:kernel.*", "--output", "playbook.yaml")
    #expect(result.status == 1 && result.messages.contains("something stands there"), "\(result)")
    #expect(host.text("playbook.yaml") == "")
  }

  @Test func `it is a document for machines, too`() throws {
    let result = try host().harden("init", "--from-host", "sysctl:*", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let playbook = object?["playbook"] as? [String: String]
    #expect(playbook?["text"]?.contains("kernel.sysrq: 4") == true, "\(result)")
  }

  @Test func `help names the kinds`() throws {
    let result = try Program.run(["init", "--help"])
    #expect(result.output.contains("sysctl"))
  }
}
