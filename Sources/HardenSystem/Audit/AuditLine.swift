package import HardenModel

/// What one line of a rules file tells auditctl to do.
package enum AuditLine: Hashable, Sendable {
  /// Load a rule, at the end of its list or at its start.
  case add(AuditRuleData, atStart: Bool, isWatch: Bool)
  /// Unload a rule.
  case delete(AuditRuleData, isWatch: Bool)
  /// Unload every rule, or those with a key.
  case deleteAll(key: String?)
  /// Set a number of the audit system.
  case set(AuditStatus.Setting, UInt32)
  /// Go on after errors.
  case ignoreErrors
  /// Nothing that changes rules or settings.
  case nothing

  /// Reads `words`; `accounts` resolves names of users and groups, and without it they are let by.
  ///
  /// Whether a path of `-w` is a directory is the host's to say: it is read as none, and marked.
  package init(_ words: [String], accounts: AccountNames?) throws(AuditSyntaxError) {
    guard !words.isEmpty else {
      self = .nothing
      return
    }
    if words[0].hasPrefix("-D") {
      // auditctl counts the words and not the options.
      let hasKey = words.count == 3 && words[0] == "-D" && words[1] == "-k"
      guard words == ["-D"] || hasKey else {
        throw AuditSyntaxError("-D takes -k and nothing else")
      }
      self = .deleteAll(key: hasKey ? words[2] : nil)
      return
    }
    let options = try AuditWords.options(words)
    if let line = try Self.control(options) {
      self = line
      return
    }
    var draft = AuditDraft(accounts: accounts)
    for option in options { try draft.take(option) }
    self = try draft.finished()
  }

  /// The rule that it is about; nil for other lines.
  package var rule: AuditRuleData? {
    switch self {
    case .add(let rule, _, _), .delete(let rule, _): rule
    default: nil
    }
  }

  /// Lines that are about no single rule.
  private static func control(_ options: [AuditWords.Option]) throws(AuditSyntaxError) -> AuditLine?
  {
    guard let first = options.first else { return nil }
    let number = { (name: String, limit: UInt32?) throws(AuditSyntaxError) -> UInt32 in
      let text = first.argument ?? ""
      guard let value = AuditNumber.unsigned(text), limit.map({ value <= $0 }) ?? true else {
        throw AuditSyntaxError("-\(name) does not take '\(text)'")
      }
      return value
    }
    switch first.name {
    case "e", "f":
      // One digit and nothing behind it.
      guard let text = first.argument, let value = UInt32(text), value <= 2, text.utf8.count == 1
      else { throw AuditSyntaxError("-\(first.name) does not take '\(first.argument ?? "")'") }
      return .set(first.name == "e" ? .enabled : .failure, value)
    case "r": return .set(.rateLimit, try number("r", nil))
    case "b": return .set(.backlogLimit, try number("b", nil))
    case "i", "c":
      guard options.count == 1 else { throw AuditSyntaxError("-\(first.name) stands alone") }
      return .ignoreErrors
    case "R": throw AuditSyntaxError("a rules file cannot read another one")
    case "h": throw AuditSyntaxError("-h is no rule")
    case "s", "l", "m", "v", "t", "q", "loginuid-immutable", "backlog_wait_time", "reset-lost",
      "reset_backlog_wait_time_actual", "signal":
      return .nothing
    default: return nil
    }
  }
}

/// Numbers as strtoul(3) with base 0 reads them: what follows the digits is let by.
enum AuditNumber {
  /// A number that begins with a digit; nil otherwise.
  static func unsigned(_ text: String) -> UInt32? {
    var digits = Array(text.utf8)[...]
    guard let first = digits.first, isDigit(first) else { return nil }
    var base: UInt64 = 10
    if first == 0x30 {
      let third = digits.dropFirst(2).first
      if let second = digits.dropFirst().first, second | 0x20 == 0x78, third.map(isHex) ?? false {
        base = 16
        digits = digits.dropFirst(2)
      } else {
        base = 8
      }
    }
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = digitValue(byte), digit < base else { break }
      value = value &* base &+ digit
    }
    return UInt32(truncatingIfNeeded: value)
  }

  /// The same with a sign before it, which may be missing.
  static func signed(_ text: String) -> UInt32? {
    guard text.utf8.first == 0x2D else { return unsigned(text) }
    return unsigned(String(text.dropFirst())).map { 0 &- $0 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHex(_ byte: UInt8) -> Bool { digitValue(byte) != nil }
  private static func digitValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x41...0x46, 0x61...0x66: UInt64((byte | 0x20) - 0x61 + 10)
    default: nil
    }
  }
}
