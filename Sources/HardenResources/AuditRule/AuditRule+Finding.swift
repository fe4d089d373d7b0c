package import HardenCore
internal import HardenModel
package import HardenSystem

extension AuditRule: FindableKind {
  /// The rules of the kernel in its order, or those that an image loads at boot; a pattern is compared
  /// with their text as auditctl lists it, and with their keys.
  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    var rules: [AuditRuleData] = []
    switch try host.audit() {
    case .state(let state): rules = state.rules
    case .offline: rules = try AuditSources.of(host).boot.rules.map(\.rule)
    case .absent: return Findings(remarks: ["the kernel does not audit"])
    case .unreadable(let why): throw SystemError(refusing: "the audit rules", why)
    }
    let own = try ownLines(on: host)
    let found = rules.filter { isMeant($0, pattern) }.map { rule in
      let text = own[rule] ?? rule.text
      return Found(text, [FoundField("rule", .text(text))])
    }
    return Findings(found)
  }

  /// The rules of our own file as they stand there: another spelling would be another line.
  private static func ownLines(on host: borrowing Host) throws(SystemError)
    -> [AuditRuleData: String]
  {
    let sources = try AuditSources.of(host)
    var lines: [AuditRuleData: String] = [:]
    for entry in sources.boot.mentioned where entry.place.path == AuditFile.path {
      let bytes = sources.lines[entry.place]
      lines[entry.rule] = bytes.flatMap { String(validating: $0, as: UTF8.self) }
    }
    return lines
  }

  private static func isMeant(_ rule: AuditRuleData, _ pattern: String) -> Bool {
    let words = rule.text.split(at: " ")
    let keys = zip(words, words.dropFirst()).filter { $0.0 == "-k" }.map { String($0.1) }
    return ([rule.text] + keys).contains { matches($0, pattern) }
  }
}
