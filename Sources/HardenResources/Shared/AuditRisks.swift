internal import HardenModel
internal import HardenSystem

/// What would make a kernel panic soon that is to panic when an event cannot be kept.
struct AuditRisks {
  /// How many events have to be able to wait.
  static let roomyBacklog: UInt32 = 8192

  private let status: AuditStatus
  /// How many may; nil where as many as come.
  private let backlog: UInt32?

  /// Whether a `limit` lets enough of them wait; 0 is none.
  static func isRoomy(_ limit: UInt32) -> Bool { limit == 0 || limit >= roomyBacklog }

  /// What `status` says, with `backlogLimit` where that changes, too.
  init(_ status: AuditStatus, backlogLimit: UInt32? = nil) {
    self.status = status
    let limit = backlogLimit ?? status[.backlogLimit]
    backlog = limit == 0 ? nil : limit
  }

  /// One sentence for each thing found on `host`.
  func panic(_ host: borrowing Host) throws(SystemError) -> [String] {
    let log = try AuditLog.of(host)
    return kernel + (log?.risks(of: Self.stop, below: "space_left") ?? [])
      + [backlog.flatMap { log?.burst($0) }].compactMap(\.self)
  }

  private static let stop =
    "where auditd may stop taking events, which is a panic with failure 2"

  private var kernel: [String] {
    var risks: [String] = []
    if status.lost > 0 {
      risks.append(
        "the kernel has lost \(status.lost) events since boot; with failure 2 the first of them would have been a panic"
      )
    }
    if let backlog, backlog < Self.roomyBacklog {
      risks.append(
        "only \(backlog) events may wait (backlog_limit), so a burst of them is a panic with failure 2; let it be \(Self.roomyBacklog) or more"
      )
    }
    if let backlog, status.backlog > backlog / 5 {
      risks.append(
        "\(status.backlog) events wait at this moment, more than a fifth of the \(backlog) that may (backlog_limit)"
      )
    }
    if status.daemon == 0 {
      risks.append(
        "no daemon takes events at the moment, so with failure 2 a full backlog is a panic")
    }
    return risks
  }
}
