internal import HardenModel
internal import HardenSystem

/// What a rule of a playbook comes to on one host: lines and what the kernel makes of them.
struct AuditWanted: Hashable, Sendable {
  /// One line of a rules file.
  struct Item: Hashable, Sendable {
    /// The line.
    var line: String
    /// The rule that the kernel gets.
    var rule: AuditRuleData
  }

  /// The lines in order; empty where this machine has none of its system calls.
  var items: [Item] = []
  /// What was left out or added, one sentence each.
  var notes: [String] = []
  /// A path without which the kernel refuses the rule; nil when all are there.
  var missing: String?

  /// Reads `line` as `host` would, once; throws what is wrong with it.
  init(_ line: String, on host: borrowing Host) throws(SystemError) {
    self = try host.once("audit line \(line)") { host throws(SystemError) in
      do throws(AuditSyntaxError) {
        return try AuditWanted(line, host)
      } catch { throw SystemError(refusing: line, error.message) }
    }
  }

  private init(_ line: String, _ host: borrowing Host) throws(AuditSyntaxError) {
    let variants = try AuditVariants(AuditWords.split(line))
    let accounts: AccountNames
    do throws(SystemError) { accounts = try host.accounts() } catch {
      throw AuditSyntaxError("\(error)")
    }
    for variant in variants.variants {
      guard
        case .add(let rule, _, let isWatch) = try AuditLine(variant.words, accounts: accounts)
      else { throw AuditSyntaxError("it loads no rule") }
      let settled: AuditRuleData
      do throws(SystemError) {
        settled = try rule.settled(isWatch: isWatch, on: host)
        if missing == nil { missing = try settled.missingPath(on: host) }
      } catch { throw AuditSyntaxError("\(error)") }
      if let reason = settled.kernelRefusal { throw AuditSyntaxError(reason) }
      items.append(Item(line: variant.line, rule: settled))
    }
    if !variants.dropped.isEmpty {
      notes.append(
        "left out, since this machine lacks them: \(variants.dropped.joined(separator: ", "))")
    }
    if variants.isExpanded {
      notes.append(
        "it names no architecture, so each of the two that this machine runs has a rule of its own")
    }
  }
}
