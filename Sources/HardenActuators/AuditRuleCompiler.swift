internal import HardenModel
internal import HardenSystem

/// Writes `/etc/audit/audit.rules` from the files of `/etc/audit/rules.d`.
enum AuditRuleCompiler: Actuator {
  private static let path = CompileAuditRules.path

  static func standing(of order: CompileAuditRules, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    let compiled = try AugenRules.of(host)
    guard compiled.unreadable.isEmpty else {
      throw SystemError(refusing: compiled.unreadable[0], "it cannot be read")
    }
    return try host.contents(path) == compiled.content ? .after : .before
  }

  static func capture(_ order: CompileAuditRules, on host: borrowing Host) throws(SystemError)
    -> Capture
  {
    let (state, content) = try host.capture(path)
    try state.requireUnlocked(path)
    switch state.form {
    case .file: return Capture(.file(state), content: content)
    case .absent: return Capture(.file(state))
    default: throw SystemError(refusing: path, "it is no regular file")
    }
  }

  static func perform(
    _ order: CompileAuditRules, on host: borrowing WritableHost, content: Content,
    temporary: String
  ) throws(SystemError) {
    let bytes = try AugenRules.of(host.host).content
    let existing = try host.host.capture(path).state
    let attributes = existing.form == .absent ? CompileAuditRules.attributes : existing.attributes
    try host.put(
      FileState(.file(Digest(of: bytes)), attributes), content: bytes, at: path,
      over: existing.form, temporary: temporary)
  }

  /// The file comes back as it was, unless somebody has compiled it anew since: then it follows
  /// from the folder, and whoever undoes the change there compiles it again.
  static func undo(
    _ order: CompileAuditRules, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .file(let original) = before else { return Undo() }
    let (found, content) = try host.capture(path)
    if found.isSame(as: original) { return Undo() }
    let isCompiled = try AugenRules.of(host).content == content
    let isOurs: Bool =
      if case .file(let done)? = after { found.isSame(as: done) } else { isCompiled }
    if isOurs {
      return Undo([.writeFile(WriteFile(path: path, before: found.claim, after: original))])
    }
    guard !isCompiled else { return Undo() }
    return Undo(conflicts: [
      Conflict(path, before: original.summary, after: "compiled", found: found.summary)
    ])
  }
}
