import Foundation
import HardenModel
import HardenTestSupport
import Testing

@Suite struct FileCapabilitiesTextTests {
  @Test(arguments: [
    ("cap_net_bind_service=ep", "cap_net_bind_service=ep"), ("CAP_KILL+p", "cap_kill=p"),
    ("=", "="), ("all=ep cap_chown-p", nil), ("=eip cap_bpf-eip", nil), ("13,0xA=p", nil),
    ("cap_net_raw=p cap_net_raw+e", "cap_net_raw=ep"), ("cap_kill=+i", "cap_kill=i"),
    ("cap_net_raw,cap_net_admin=eip", "cap_net_admin,cap_net_raw=eip"), ("all=p", "all=p"),
    ("cap_kill=ip cap_chown=p", "cap_kill=ip cap_chown=p"),
  ])
  func `what is read can be shown and read again`(text: String, shown: String?) throws {
    let one = try FileCapabilities(text: text)
    if let shown { #expect(one.text == shown) }
    #expect(try FileCapabilities(text: one.text) == one, "\(one.text)")
  }

  @Test func `the first namespace is not named and another one is`() {
    #expect(FileCapabilities(permitted: 1, root: 1000).text == "cap_chown=p [rootid=1000]")
    #expect(FileCapabilities(isEffective: true).text == "=e")
  }

  @Test(arguments: [
    ("cap_net_rwa=ep", "there is no capability 'cap_net_rwa'; did you mean 'cap_net_raw'?"),
    ("net_raw=ep", "there is no capability 'net_raw'"), ("cap_kill", "says nothing"),
    ("cap_kill=x", "none of e, i and p"), ("cap_kill+", "no flag"), ("+ep", "before it"),
    ("cap_kill=p=e", "middle"), ("cap_net_raw+ep cap_net_admin+p", "one bit for all"),
    ("64=p", "there is no capability '64'"), ("cap_kill,=p", "there is no capability ''"),
  ])
  func `a mistake says what is wrong`(text: String, message: String) {
    #expect {
      _ = try FileCapabilities(text: text)
    } throws: {
      ($0 as? FileCapabilities.Mistake)?.message.contains(message) == true
    }
  }

  /// Texts as people and fuzzers write them.
  private func texts(_ count: Int, _ random: inout SeededRandom) -> [String] {
    let names =
      FileCapabilities.names + [
        "all", "ALL", "Cap_Kill", "5", "0x7", "010", "41", "63", "64", "cap_none",
      ]
    func clause() -> String {
      let list = (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
        names.randomElement(using: &random)
      }
      var text = list.joined(separator: ",")
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        text += ["=", "+", "-", "=+", "=-", "=", "="].randomElement(using: &random) ?? "="
        text +=
          ["e", "p", "i", "ep", "eip", "ip", "", "pe", "x"].randomElement(using: &random) ?? ""
      }
      return text
    }
    var texts: [String] = []
    while texts.count < count {
      let clauses = (0..<Int.random(in: 1...3, using: &random)).map { _ in clause() }
      let text = clauses.joined(separator: " ")
      // setcap would take it for an option.
      if !text.hasPrefix("-"), !text.isEmpty { texts.append(text) }
    }
    return texts
  }

  @Test func `a thousand texts give the bytes that setcap writes, or are refused by both`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let texts = texts(1050, &random)
    #expect(texts.count >= 1000)
    let root = try TemporaryRoot(withAccounts: false)
    root.write("/texts", texts.joined(separator: "\n") + "\n")
    let answers = try Shell.run(
      """
      cd \(root.path); n=0
      while IFS= read -r text; do
        n=$((n+1)); : > f
        if setcap "$text" f 2>/dev/null; then
          printf 'set '; getfattr --only-values -n security.capability f 2>/dev/null | od -An -v -tx1 | tr -d ' \\n'; echo
        else echo refused; fi
        rm -f f
      done < texts
      """
    ).split(separator: "\n").map(String.init)
    #expect(answers.count == texts.count)
    var (set, refused) = (0, 0)
    for (text, answer) in zip(texts, answers) {
      let ours: String
      if let one = try? FileCapabilities(text: text) {
        ours = "set " + one.bytes.map { String(format: "%02x", $0) }.joined()
        set += 1
      } else {
        ours = "refused"
        refused += 1
      }
      #expect(ours == answer, "'\(text)', seed \(seed)")
    }
    #expect(set > 150 && refused > 150, "\(set) set, \(refused) refused")
  }
}
