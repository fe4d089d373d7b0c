package import HardenCore
package import HardenModel
internal import HardenSystem

/// A rule of the audit system: loaded now, written down, and loaded at the next boot.
package struct AuditRule: ResourceKind {
  /// The rule as auditctl takes it, its words in one form.
  package var line: String
  /// The rule before it in its playbook; nil for the first.
  package var previous: String?
  /// Whether a rule is left out whose path does not exist.
  package var isMissingAllowed: Bool

  /// The rule that `line` is.
  package init(_ line: String, isMissingAllowed: Bool = true) {
    self.line = line
    self.isMissingAllowed = isMissingAllowed
  }

  package var address: Address { Address(kind: "audit_rule", name: line) }

  /// The same rule, which comes to stand behind `previous`.
  package func following(_ previous: AuditRule?) -> AuditRule {
    var rule = self
    rule.previous = previous?.line
    return rule
  }

  static let rule = Field<String>("rule", "the rule as auditctl takes it, beginning with -a or -w")
  static let watch = Field<OneOrMany<AbsolutePath>>(
    "watch", "a file or folder to watch, or a list of them")
  static let permissions = Field<String>(
    "permissions", "what is watched for: letters of r, w, x and a (attributes); rwxa without it")
  static let key = Field<OneOrMany<String>>("key", "what its events are found by, or a list")
  static let list = Field<String>("list", "the filter list: exit, user, task, exclude, filesystem")
  static let action = Field<AuditAction>("action", "always or never; always without it")
  static let syscalls = Field<[String]>("syscalls", "the system calls that it is about")
  static let arch = Field<String>("arch", "b64 or b32; without it, one rule for each")
  static let fields = Field<[String]>("fields", "comparisons such as auid>=1000")
  static let compare = Field<[String]>("compare", "comparisons of two fields, such as uid!=euid")

  package static let manual = Manual(
    kind: "audit_rule",
    summary: "A rule of the audit system is loaded now and after the next boot.",
    details: """
      A rule is given as auditctl takes it, or in parts: watch with permissions and key, or list,
      action, syscalls, arch, fields, compare and key. Rules are compared as the kernel keeps them,
      so other spellings of one rule are that rule.

      NOW is the kernel's list. FILE is harden's own \(AuditFile.path), which stands behind every
      other file; a rule that another file loads already is not written twice, since the second one
      would stop the loading. BOOT is what augenrules makes of all files: where a line of any file
      would stop the loading before ours, where a file without a final newline is joined to the next
      one, or where an earlier rule decides first, the plan is refused and names the file and line.
      /etc/audit/audit.rules is written along. harden runs neither auditctl nor augenrules.

      The first rule that matches an event decides, so order counts: rules stand in the order of the
      playbook. The kernel adds rules at the end only; one that belongs further ahead is loaded at
      the end, and those behind it are unloaded one by one and loaded again. Rules of others are
      never changed. -A, -d and -W are refused for that reason: the order of the playbook says it.

      A rule with system calls and without arch becomes one rule for b64 and one for b32. System
      calls that an architecture lacks are left out, and a rule with none left is not applicable.
      The kernel refuses rules whose folder does not exist: such a rule is left out unless
      `if_missing: refuse` insists, since its line would keep all later ones from being loaded.

      After `-e 2` the kernel takes nothing more: the files are changed, and the rule is pending
      until the next boot. Where the kernel panics when an event cannot be kept (failure 2), a new
      rule wants `--accept-risk` if too few events may wait or many do, if some were lost, or if the
      log could fill its file system, as `audit_settings` tells.
      """,
    fields: [
      rule.spec, watch.spec, permissions.spec, key.spec, list.spec, action.spec, syscalls.spec,
      arch.spec, fields.spec, compare.spec, Fields.ifMissing.spec,
    ],
    planes: "now: the kernel's list; file: harden's own file; boot: what augenrules would load",
    undo: "exact, in order; once the rules are locked, what is loaded stays until the next boot",
    example: """
      audit_rule: {watch: /etc/passwd, permissions: wa, key: identity}
      """)
}

/// What a rule does with an event.
package enum AuditAction: String, Choice {
  /// It is recorded.
  case always
  /// It is not.
  case never
}
