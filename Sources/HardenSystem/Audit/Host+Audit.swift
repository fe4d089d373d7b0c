package import HardenModel
internal import SystemPackage

/// What the running kernel holds of auditing.
package struct AuditState: Hashable, Sendable {
  /// Its rules: list by list, in each the order of loading.
  package var rules: [AuditRuleData]
  /// Its settings and counters.
  package var status: AuditStatus
}

/// What can be known of the running kernel's auditing.
package enum AuditReading: Hashable, Sendable {
  /// Below another root there is no kernel to ask.
  case offline
  /// The kernel does not audit.
  case absent
  /// It could not be asked, and why.
  case unreadable(String)
  /// All of it.
  case state(AuditState)
}

extension Host {
  /// What the running kernel holds, asked once for this host.
  package func audit() throws(SystemError) -> AuditReading {
    memory.note(.audit)
    if let planned = planned.audit { return .state(planned) }
    guard isLive else { return .offline }
    if let held = held.audit { return held }
    return try once("audit") { _ in Self.readAudit() }
  }

  private static func readAudit() -> AuditReading {
    do throws(SystemError) {
      var socket = try AuditSocket()
      return .state(AuditState(rules: try socket.rules(), status: try socket.status()))
    } catch {
      switch error.errno {
      case .protocolNotSupported?: return .absent
      case .connectionRefused?:
        return .unreadable("the kernel's audit rules are not to be seen in a user namespace")
      case .notPermitted?, .permissionDenied?:
        return .unreadable("reading the kernel's audit rules needs root outside of any container")
      default: return .unreadable("\(error)")
      }
    }
  }

  /// The kernel's state as it is now; throws where it cannot be asked.
  package func auditState() throws(SystemError) -> AuditState {
    switch try audit() {
    case .state(let state): return state
    case .offline: throw SystemError(refusing: "audit", "there is no kernel below another root")
    case .absent: throw SystemError(refusing: "audit", "the kernel does not audit")
    case .unreadable(let why): throw SystemError(refusing: "audit", why)
    }
  }

  /// `/sys/kernel/rcu_expedited`; nil where there is none.
  package func rcuExpedited() throws(SystemError) -> Int? {
    guard isLive else { return nil }
    let bytes = try contents(Self.expeditedPath) ?? []
    return Int(String(decoding: bytes.filter { $0 != 0x0A }, as: UTF8.self))
  }

  static let expeditedPath = "/sys/kernel/rcu_expedited"
}
