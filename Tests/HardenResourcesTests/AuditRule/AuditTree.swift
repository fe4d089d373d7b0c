import HardenModel
import HardenSystem
import HardenTestSupport

/// A root with auditd's files and nothing of ours.
struct AuditTree {
  let root: TemporaryRoot

  /// The root; `files` are rules files by name, and what is written from them is written.
  init(_ files: [String: String] = [:]) throws {
    root = try TemporaryRoot()
    root.write("/usr/sbin/augenrules", "", mode: 0o755)
    root.makeDirectory("/etc/audit/rules.d", mode: 0o750)
    for (name, text) in files { root.write("/etc/audit/rules.d/\(name).rules", text) }
    try compile()
  }

  func host() throws -> Host { try Host(root: root.path) }

  /// Writes audit.rules as the next boot would.
  func compile() throws {
    root.write("/etc/audit/audit.rules", try AugenRules.of(host()).content)
  }

  /// The running kernel with `status` laid over in thought, and rules files of its own; only in a
  /// namespace.
  static func live(_ status: [AuditStatus.Setting: UInt32]) throws -> Host {
    try Namespace.mountEmpty("/etc/audit")
    try Shell.run("mkdir -m 750 /etc/audit/rules.d")
    let now = try Host().auditState().status
    let before = Dictionary(uniqueKeysWithValues: status.keys.map { ($0, now[$0]) })
    return try Host().after(
      [.setAuditStatus(SetAuditStatus(before: before, after: status))], contents: [:])
  }
}
