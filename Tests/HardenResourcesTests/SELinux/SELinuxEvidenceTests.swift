import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SELinuxEvidenceTests {
  private let line =
    "type=AVC msg=audit(1000.5:7): avc:  denied  { read } for  pid=1 comm=\"cron\" permissive=1"

  @Test func `denials since the boot are counted, with the first process`() {
    let other = line.replacing("1000.5", with: "2000.1").replacing("cron", with: "sshd")
    let enforced = line.replacing("permissive=1", with: "permissive=0")
    let text = [line, other, other, enforced].joined(separator: "\n")
    #expect(
      SELinuxEvidence.sentence(text, since: 1500, log: "LOG")
        == "LOG has 2 denials since the boot that permissive let pass, of \"sshd\" first")
    #expect(SELinuxEvidence.sentence(text, since: 2500, log: "LOG") == nil)
    #expect(SELinuxEvidence.sentence(enforced, since: 0, log: "LOG") == nil)
  }

  @Test func `denials of one type of processes are counted apart`() {
    let said = { (type: String) in
      line.replacing("permissive", with: "scontext=u:r:\(type):s0 permissive")
    }
    let text = [said("a_t"), said("b_t"), said("a_t").replacing("cron", with: "late")]
      .joined(separator: "\n")
    let sentence = { (domain: String?) in
      SELinuxEvidence.sentence(text, since: 0, of: domain, log: "LOG")
    }
    #expect(
      sentence("a_t")
        == "LOG has 2 denials since the boot that permissive let pass, of \"cron\" first")
    #expect(sentence(nil)?.hasPrefix("LOG has 3 denials") == true)
    #expect(sentence("a") == nil)
  }

  @Test func `files without a label are named, and labels that mean none count alike`() throws {
    let root = try TemporaryRoot(withAccounts: false)
    for name in ["good", "none", "lost"] { root.write("/etc/\(name)", "") }
    root.link("/etc/link", to: "none")
    root.write("/var/lib/harden/harden-state", "")
    func label(_ name: String, _ type: String) throws {
      let path = root.outside("/etc/\(name)")
      try Shell.run("setfattr -n security.selinux -v 'system_u:object_r:\(type):s0\\000' \(path)")
    }
    try label("good", "etc_t")
    try label("lost", "unlabeled_t")
    let sentences = try SELinuxEvidence.sentences(Host(root: root.path))
    #expect(sentences.count == 1)
    #expect(sentences.first?.hasPrefix("2 of 3 files looked at have no label, /etc/lost") == true)
    for name in ["lost", "none"] { try label(name, "etc_t") }
    #expect(try SELinuxEvidence.sentences(Host(root: root.path)) == [])
  }
}
