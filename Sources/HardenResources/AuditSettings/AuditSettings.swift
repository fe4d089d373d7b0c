package import HardenCore
package import HardenModel

/// Settings of the audit system as a whole, now and after the next boot.
package struct AuditSettings: ResourceKind {
  /// What each setting is to be.
  package var values: [AuditStatus.Setting: UInt32]

  /// `values`, and nothing said of other settings.
  package init(_ values: [AuditStatus.Setting: UInt32]) { self.values = values }

  /// Its settings in the order in which the lines stand.
  var settings: [AuditStatus.Setting] { Self.ordered(values) }

  /// The settings of `values` in that order.
  static func ordered(_ values: [AuditStatus.Setting: UInt32]) -> [AuditStatus.Setting] {
    AuditStatus.Setting.allCases.reversed().filter { values[$0] != nil }
  }

  package var address: Address {
    Address(
      kind: "audit_settings", name: settings.map(\.rawValue).joined(separator: ","))
  }

  private static let backlog = Field<Int>("backlog_limit", "events that may wait for the daemon")
  private static let failure = Field<Int>(
    "failure", "what an event that cannot be kept leads to: 0 nothing, 1 a line in the log, 2 panic"
  )
  private static let rate = Field<Int>("rate_limit", "events a second; 0 is no limit")
  private static let locked = Field<Bool>(
    "locked", "true: nothing of auditing can be changed before the next boot (-e 2)")

  package static func read(_ fields: inout Fields) -> [AuditSettings] {
    var values: [AuditStatus.Setting: UInt32] = [:]
    let given: [(AuditStatus.Setting, Field<Int>, ClosedRange<Int>)] = [
      (.backlogLimit, backlog, 0...Int(UInt32.max)), (.failure, failure, 0...2),
      (.rateLimit, rate, 0...Int(UInt32.max)),
    ]
    for (setting, field, range) in given {
      guard let value = fields.read(field) else { continue }
      guard range.contains(value) else {
        fields.reading.report(
          Diagnostic(
            .wrongValue, "\(setting.rawValue) is \(range.lowerBound) to \(range.upperBound)",
            at: fields.node(field)?.range ?? fields.range))
        continue
      }
      values[setting] = UInt32(value)
    }
    if let isLocked = fields.read(locked) {
      if isLocked {
        values[.enabled] = 2
      } else {
        fields.reading.report(
          Diagnostic(
            .wrongValue, "'locked' is true or left out",
            at: fields.node(locked)?.range ?? fields.range,
            help: "a kernel that is locked stays so until the next boot"))
      }
    }
    guard !values.isEmpty else {
      if fields.reading.diagnostics.isEmpty {
        fields.reading.report(
          Diagnostic(.missingKey, "audit_settings asks for nothing", at: fields.range))
      }
      return []
    }
    return [AuditSettings(values)]
  }

  package static let manual = Manual(
    kind: "audit_settings",
    summary: "The audit system as a whole is set so now and after the next boot.",
    details: """
      NOW is what the kernel holds. FILE is harden's own \(AuditFile.path), whose name sorts behind
      all usual ones: of several lines that set the same, the last counts. A file behind it that says
      otherwise is refused, with its name and line. BOOT is what augenrules makes of all files.

      `locked: true` is the last thing that a run does, when every other step is done and read back.
      From then on the kernel takes no change of rules or settings before the next boot: harden
      changes the files, and what differs is pending until that boot.

      `failure: 2` makes the kernel panic when an event cannot be kept. Where fewer than 8192 may wait
      and the playbook says nothing of it, backlog_limit is raised to that first. The plan wants
      `--accept-risk` where events were lost since boot, where too few may wait or many do, where no
      daemon takes them, and where the log of auditd could fill its file system: by max_log_file,
      num_logs and space_left of auditd.conf, what is left, and how fast the log has grown, which is
      an estimate from the sizes and times of its rotated files. New rules on a host that panics
      already are weighed the same, and so are the actions `halt` and `single` of auditd.conf.
      """,
    fields: [backlog.spec, failure.spec, rate.spec, locked.spec],
    planes: "now: the running kernel; file: harden's own file; boot: what augenrules would load",
    undo: "exact, but for the lock, which ends at the next boot",
    example: """
      audit_settings: {backlog_limit: 8192, failure: 1}
      """)
}
