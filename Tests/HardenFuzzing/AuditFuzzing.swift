import HardenModel

@testable import HardenSystem

/// Audit rules from files and from the kernel.
enum AuditFuzzing {
  static func text(_ bytes: [UInt8]) throws {
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = AuditWords.split(String(line))
      try require(
        AuditWords.split(AuditWords.join(words)) == words, "words change by being joined: \(words)")
      _ = try? AuditVariants(words)
      guard let rule = (try? AuditLine(words, accounts: nil))?.rule else { continue }
      try require(AuditRuleData(wire: rule.wire) == rule, "a rule changes on its way to the kernel")
      _ = rule.text
    }
    _ = AugenRules(
      files: [("/etc/audit/rules.d/a.rules", bytes), ("/etc/audit/rules.d/b.rules", nil)],
      knowsBlanks: bytes.count % 2 == 0, header: "")
  }

  static func dump(_ bytes: [UInt8]) throws {
    guard let rule = AuditRuleData(wire: bytes) else { return }
    try require(
      AuditRuleData(wire: rule.wire) == rule, "a rule changes on its way back to the kernel")
    _ = rule.text
    _ = rule.syscalls
  }
}
