/// What the kernel says of auditing as a whole.
package struct AuditStatus: Hashable, Sendable {
  /// One number that can be set.
  package enum Setting: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// 0 off, 1 on, 2 on and locked until the next boot.
    case enabled
    /// 0 silent, 1 a line in the kernel log, 2 panic: what an event that cannot be kept leads to.
    case failure
    /// Events a second; 0 is no limit.
    case rateLimit = "rate_limit"
    /// Events that may wait for the daemon.
    case backlogLimit = "backlog_limit"

    /// The option of auditctl that sets it.
    package var option: String {
      switch self {
      case .enabled: "-e"
      case .failure: "-f"
      case .rateLimit: "-r"
      case .backlogLimit: "-b"
      }
    }

    /// Its bit in the mask of `AUDIT_SET`.
    package var bit: UInt32 {
      switch self {
      case .enabled: 1
      case .failure: 2
      case .rateLimit: 8
      case .backlogLimit: 16
      }
    }

    /// Its place among the words of `struct audit_status`.
    package var word: Int {
      switch self {
      case .enabled: 1
      case .failure: 2
      case .rateLimit: 4
      case .backlogLimit: 5
      }
    }
  }

  /// The words of `struct audit_status`, as many as the kernel knows.
  package var words: [UInt32]

  /// Wraps `words`; missing ones count as zero.
  package init(_ words: [UInt32]) {
    self.words = words + Array(repeating: 0, count: max(0, 11 - words.count))
  }

  /// The value of one setting.
  package subscript(setting: Setting) -> UInt32 {
    get { words[setting.word] }
    set { words[setting.word] = newValue }
  }

  /// Events that were lost since boot.
  package var lost: UInt32 { words[6] }
  /// Events that wait at this moment.
  package var backlog: UInt32 { words[7] }
  /// The process id of the daemon; 0 when none takes events.
  package var daemon: UInt32 { words[3] }
  /// Whether nothing can be changed before the next boot.
  package var isLocked: Bool { self[.enabled] == 2 }
}

extension [AuditStatus.Setting: UInt32] {
  /// The settings as options of auditctl, for people.
  package var text: String {
    sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.option) \($0.value)" }
      .joined(separator: " ")
  }
}
