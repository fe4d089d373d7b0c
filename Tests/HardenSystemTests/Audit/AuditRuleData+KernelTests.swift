import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

private typealias Host = HardenSystem.Host

@Suite struct AuditRuleDataKernelTests {
  /// The rule of `line`; nil where auditctl would not send one.
  private static func rule(_ line: String, on host: borrowing Host) throws -> AuditRuleData? {
    guard
      case .add(let rule, _, let isWatch)? = try? AuditLine(
        AuditWords.split(line), accounts: host.accounts())
    else { return nil }
    return try rule.settled(isWatch: isWatch, on: host)
  }

  @Test(arguments: [
    ("-F path=/etc/passwd -F inode=1", "the kernel takes one of path, dir and inode, once"),
    ("-F exe=/bin/a -F exe=/bin/b", "the kernel takes one exe"),
    ("-F path=/etc/", "the kernel takes /etc/ for no file"),
    ("-F path=etc/x", "the kernel takes etc/x for no path, since it does not begin with /"),
    ("-F path!=/etc/x", "the kernel does not take path with anything but ="),
    ("-F uid=-1", "the kernel does not take uid without an account"),
    ("-F auid>=unset", "the kernel does not take auid unset with anything but = and !="),
    ("-F exit&=1", "the kernel does not take exit with & and &="),
    ("-F subj_type>=a", "the kernel does not take subj_type with anything but = and !="),
  ])
  func `what no kernel takes is said`(fields: String, reason: String) throws {
    let rule = try Self.rule("-a always,exit -S all \(fields)", on: Host())
    #expect(rule?.kernelRefusal == reason)
  }

  /// Rules that match no process go to the kernel of this machine, and away again.
  @Test(.enabled(if: KernelAudit.isAvailable))
  func `this machine's kernel takes and refuses the rules that we say`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let key = KernelAudit.key()
    let host = try Host()
    var lines: [String] = []
    while lines.count < 250 {
      let line = AuditRuleTexts.line(&random)
      guard !line.contains("pid"), !line.contains("-k"), !line.contains("key"),
        !line.hasPrefix("-w")
      else { continue }
      let inert = line.replacingOccurrences(of: "always", with: "never")
      let marked = "\(inert) -F pid=\(5_000_000 + lines.count) -k \(key)"
      if try Self.rule(marked, on: host)?.list == AuditRuleData.Code.exit { lines.append(marked) }
    }
    let folder = try TemporaryRoot()
    folder.write("/rules", "-c\n" + lines.joined(separator: "\n") + "\n", mode: 0o600)
    // By their key: what auditctl lists of odd rules it does not always take again.
    defer { _ = try? Shell.run("auditctl -D -k \(key) >/dev/null 2>&1") }
    _ = try? Shell.run("auditctl -R \(folder.outside("/rules")) >/dev/null 2>&1")
    let listed = try Shell.run("auditctl -l").split(separator: "\n").filter { $0.contains(key) }
    let loaded = Set(
      listed.compactMap { line in
        line.split(separator: " ").first { $0.hasPrefix("pid=") }.flatMap { Int($0.dropFirst(4)) }
      })
    var refused = 0
    for (number, line) in lines.enumerated() {
      let rule = try #require(try Self.rule(line, on: host), "\(line)")
      let reason = try rule.kernelRefusal ?? rule.missingPath(on: host)
      if reason != nil { refused += 1 }
      #expect(
        loaded.contains(5_000_000 + number) == (reason == nil),
        "seed \(seed): \(line): \(reason ?? "taken")")
    }
    print(
      "audit rules and this kernel: seed \(seed), \(lines.count) rules, \(refused) of them refused")
    #expect(refused > 10 && refused < 240)
  }
}
