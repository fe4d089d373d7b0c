package import HardenCore
internal import HardenModel
internal import HardenSystem

extension AuditRule {
  package static func read(_ fields: inout Fields) -> [AuditRule] {
    let isMissingAllowed = fields.isMissingAllowed(usual: .skip)
    let lines = self.lines(&fields)
    return lines.compactMap { line in
      guard let checked = check(line, &fields) else { return nil }
      return AuditRule(checked, isMissingAllowed: isMissingAllowed)
    }
  }

  /// The rules in text, from whichever form is given.
  private static func lines(_ fields: inout Fields) -> [String] {
    let rule = fields.read(rule)
    let watches = fields.read(watch)
    let permissions = fields.read(permissions)
    let keys = fields.read(key)?.values.map(\.value) ?? []
    let (list, action) = (fields.read(list), fields.read(action))
    let (calls, arch) = (fields.read(syscalls), fields.read(arch))
    let (comparisons, pairs) = (fields.read(self.fields) ?? [], fields.read(compare) ?? [])

    let isParted =
      calls != nil || list != nil || action != nil || arch != nil
      || !comparisons.isEmpty || !pairs.isEmpty
    let forms = [rule != nil, watches != nil, isParted].count { $0 }
    guard forms == 1, rule == nil || (keys.isEmpty && permissions == nil) else {
      if fields.reading.diagnostics.isEmpty {
        fields.reading.report(
          Diagnostic(
            forms == 0 ? .missingKey : .wrongValue,
            forms == 0
              ? "audit_rule needs rule, watch, or syscalls and fields"
              : "audit_rule takes one form: rule alone, watch with permissions and key, or its parts",
            at: fields.range))
      }
      return []
    }
    let keyWords = keys.flatMap { ["-k", $0] }
    if let rule { return [rule] }
    if let watches {
      return watches.values.map { watch in
        AuditWords.join(
          ["-w", watch.value.text] + (permissions.map { ["-p", $0] } ?? []) + keyWords)
      }
    }
    var words = ["-a", "\(action?.rawValue ?? "always"),\(list ?? "exit")"]
    if let arch { words += ["-F", "arch=\(arch)"] }
    if let calls, !calls.isEmpty { words += ["-S", calls.joined(separator: ",")] }
    words += comparisons.flatMap { ["-F", $0] } + pairs.flatMap { ["-C", $0] }
    if let permissions { words += ["-F", "perm=\(permissions)"] }
    return [AuditWords.join(words + keyWords)]
  }

  /// The rule in its one form; nil after reporting what is wrong with it.
  private static func check(_ line: String, _ fields: inout Fields) -> String? {
    let range = (fields.node(rule) ?? fields.node(watch))?.range ?? fields.range
    let report = { (message: String, help: String?, fields: inout Fields) in
      fields.reading.report(Diagnostic(.wrongValue, message, at: range, help: help))
    }
    guard !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      report("a rule is one line without tabs or other control characters", nil, &fields)
      return nil
    }
    do throws(AuditSyntaxError) {
      let words = AuditWords.split(line)
      let options = try AuditWords.options(words)
      if let odd = options.first(where: { Self.unwanted[$0.name] != nil }) {
        report("-\(odd.name) is no rule to keep", Self.unwanted[odd.name], &fields)
        return nil
      }
      let variants = try AuditVariants(words)
      if let name = variants.unknown.first {
        let near = Spelling.nearest(to: name, among: Self.syscallNames)
        report(
          "there is no system call '\(name)' on any architecture",
          near.map { "did you mean '\($0)'?" }, &fields)
        return nil
      }
      for variant in variants.variants {
        guard case .add = try AuditLine(variant.words, accounts: nil) else {
          report("it loads no rule", "begin it with -a or -w", &fields)
          return nil
        }
      }
      let parts = options.flatMap { option in
        [option.name.utf8.count > 1 ? "--\(option.name)" : "-\(option.name)"]
          + (option.argument.map { [$0] } ?? [])
      }
      return AuditWords.join(parts)
    } catch {
      report("auditctl would not take this rule: \(error.message)", nil, &fields)
      return nil
    }
  }

  /// Options that change rules in another way, each with what to do instead.
  private static let unwanted: [String: String] = [
    "A": "write -a and put it first in the playbook: its order is the order of the rules",
    "d": "leave the rule out; what harden has loaded goes with harden rollback or --prune",
    "W": "leave the rule out; what harden has loaded goes with harden rollback or --prune",
    "D": "rules of others stay",
    "e": "use audit_settings: {locked: true}", "b": "use audit_settings: {backlog_limit: N}",
    "f": "use audit_settings: {failure: N}", "r": "use audit_settings: {rate_limit: N}",
    "R": "leave it out", "i": "leave it out", "c": "leave it out",
  ]

  private static var syscallNames: [String] {
    guard let machine = AuditNames.nativeMachine else { return [] }
    return (0..<600).compactMap { AuditNames.syscall($0, on: machine) }
  }
}
