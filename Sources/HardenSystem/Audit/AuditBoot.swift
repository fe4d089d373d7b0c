package import HardenModel

/// What loading `audit.rules` at boot comes to: line by line, as auditctl -R does it.
///
/// Loading stops at the first line that fails, unless a line has said otherwise before; so one bad
/// line of anybody's file keeps every later rule out.
package struct AuditBoot: Hashable, Sendable {
  /// A rule with the line that loads it.
  package struct Loaded: Hashable, Sendable {
    /// The rule.
    package var rule: AuditRuleData
    /// Its line.
    package var place: Place
  }

  /// A line that loads nothing, and why.
  package struct Failed: Hashable, Sendable {
    /// The line.
    package var place: Place
    /// One sentence without a full stop.
    package var reason: String
  }

  /// The rules as they stand afterwards, those of one list in the order in which they are matched.
  package private(set) var rules: [Loaded] = []
  /// The settings with the lines that give them.
  package private(set) var values: [AuditStatus.Setting: Value] = [:]
  /// The line at which loading stops; nil when all of it is read.
  package private(set) var stop: Failed?
  /// Every rule that some line loads, whether loading comes that far or not.
  package private(set) var mentioned: [Loaded] = []
  /// Lines that fail and are passed over.
  package private(set) var failed: [Failed] = []
  /// Lines that take rules away again.
  package private(set) var removals: [Place] = []
  /// The rules of ``rules``, for asking whether one is there.
  private var known: Set<AuditRuleData> = []

  /// A setting with the line that gives it.
  package struct Value: Hashable, Sendable {
    /// What it is set to.
    package var value: UInt32
    /// The line.
    package var place: Place
  }

  /// What the next boot of `host` loads.
  package static func of(_ host: borrowing Host) throws(SystemError) -> AuditBoot {
    try host.once("audit boot") { host throws(SystemError) in
      let accounts = try host.accounts()
      var boot = AuditBoot()
      var isIgnoring = false
      for line in try AugenRules.of(host).lines {
        if boot.stop != nil {
          try boot.mention(line, accounts, host)
          continue
        }
        guard let reason = try boot.load(line, accounts, host, &isIgnoring) else { continue }
        let glue = line.glued.map { "; it has no final newline, so \($0) is joined to it" } ?? ""
        let failure = Failed(place: line.place, reason: reason + glue)
        if isIgnoring {
          boot.failed.append(failure)
        } else {
          boot.stop = failure
        }
      }
      return boot
    }
  }

  /// Loads one line; answers with why it fails.
  private mutating func load(
    _ line: AugenRules.Line, _ accounts: AccountNames, _ host: borrowing Host,
    _ isIgnoring: inout Bool
  ) throws(SystemError) -> String? {
    var words = AuditWords.split(line.text)
    // A number is set before auditctl comes to what stands behind it, a rule or what is wrong.
    var hasNumbers = false
    while words.count > 2,
      case .set(let setting, let value)? = try? AuditLine(
        Array(words.prefix(2)), accounts: accounts)
    {
      values[setting] = Value(value: value, place: line.place)
      words.removeFirst(2)
      hasNumbers = true
    }
    // So is everything unloaded before it comes to what is glued to the same word.
    if words.count == 1, words[0].hasPrefix("-D"), words[0] != "-D" {
      unload(nil, at: line.place)
    }
    let read: AuditLine
    do throws(AuditSyntaxError) {
      read = try AuditLine(words, accounts: accounts)
      if hasNumbers, case .deleteAll = read { return "-D stands at the start of a line" }
    } catch {
      return error.message
    }
    switch read {
    case .add(let rule, let atStart, let isWatch):
      let rule = try rule.settled(isWatch: isWatch, on: host)
      mentioned.append(Loaded(rule: rule, place: line.place))
      if let reason = rule.kernelRefusal { return reason }
      if let missing = try rule.missingPath(on: host) { return "\(missing) does not exist" }
      let isNew = known.insert(rule).inserted
      let loaded = Loaded(rule: rule, place: line.place)
      if atStart {
        // The kernel does not compare such a rule with those that are there.
        rules.insert(loaded, at: 0)
      } else if isNew {
        rules.append(loaded)
      } else {
        return "the rule is loaded already"
      }
    case .delete(let rule, let isWatch):
      let rule = try rule.settled(isWatch: isWatch, on: host)
      guard let first = rules.firstIndex(where: { $0.rule == rule }) else {
        return "there is no such rule to unload"
      }
      rules.remove(at: first)
      if !rules.contains(where: { $0.rule == rule }) { known.remove(rule) }
      removals.append(line.place)
    case .deleteAll(let key): unload(key, at: line.place)
    case .set(let setting, let value): values[setting] = Value(value: value, place: line.place)
    case .ignoreErrors: isIgnoring = true
    case .nothing: break
    }
    return nil
  }

  /// Takes away all rules, or those with a key that has `key` somewhere in it, as auditctl does.
  private mutating func unload(_ key: String?, at place: Place) {
    if !rules.isEmpty { removals.append(place) }
    rules.removeAll { loaded in
      key.map { key in
        loaded.rule.texts(AuditRuleData.Code.key).contains {
          $0.utf8.firstRange(of: key.utf8) != nil
        }
      } ?? true
    }
    known = Set(rules.map(\.rule))
  }

  /// Remembers the rule of a line that is never come to.
  private mutating func mention(
    _ line: AugenRules.Line, _ accounts: AccountNames, _ host: borrowing Host
  ) throws(SystemError) {
    guard
      case .add(let rule, _, let isWatch)? = try? AuditLine(
        AuditWords.split(line.text), accounts: accounts)
    else { return }
    let settled = try rule.settled(isWatch: isWatch, on: host)
    mentioned.append(Loaded(rule: settled, place: line.place))
  }

  /// The line at which loading stops before it comes to the file at `path`; nil when it does not.
  package func stop(before path: String) -> Failed? {
    let name = { (path: String) in path.lastComponent }
    return stop.flatMap {
      VersionOrder.precedes(name(path), name($0.place.path)) || $0.place.path == path ? nil : $0
    }
  }
}

extension AuditRuleData {
  /// The rule as the kernel gets it: a watch written as `-w` is one of a folder where there is one.
  package func settled(isWatch: Bool, on host: borrowing Host) throws(SystemError) -> AuditRuleData
  {
    guard isWatch, let path = texts(Code.watch).first else { return self }
    guard try host.inodeFollowing(path)?.form == .directory else { return self }
    var rule = self
    rule.fields[0].code = Code.directory
    return rule
  }

  /// Whether every event that `other` matches is matched by this rule as well.
  ///
  /// Only what is plain counts: the same comparisons or fewer, the same system calls or more.
  package func covers(_ other: AuditRuleData) -> Bool {
    guard list == other.list, zip(mask, other.mask).allSatisfy({ $0 & $1 == $1 }) else {
      return false
    }
    return fields.allSatisfy { field in
      field.code == Code.key || field == AuditRuleData.permissionField(in: other, allowedBy: field)
        || other.fields.contains(field)
    }
  }

  private static func permissionField(in other: AuditRuleData, allowedBy field: Field) -> Field? {
    guard field.code == Code.perm,
      let theirs = other.fields.first(where: { $0.code == Code.perm }),
      theirs.value & field.value == theirs.value
    else { return nil }
    return field
  }
}
