internal import HardenModel

/// What only a privileged process or a socket can tell, kept for a process that will be neither.
struct HeldReadings: Sendable {
  var audit: AuditReading?
  var routingRules: [RoutingRule]?
  var units: Result<UnitTable, SystemError>?
  var sysctls: [SysctlKey: Result<String?, SystemError>] = [:]

  /// Keys that the kernel shows to CAP_SYS_ADMIN only, whatever their permission bits say.
  static let restricted = ["net/core/bpf_jit_harden", "net/core/bpf_jit_kallsyms"]
    .map(SysctlKey.init(path:))
}

extension Host {
  /// Reads what needs privileges or sockets; from then on that is how the host stands, here and in
  /// every host made of this one.
  package mutating func holdPrivileged() {
    guard isLive else { return }
    held.audit = try? audit()
    held.routingRules = routingRules()
    if hasServiceManager {
      held.units = Result { () throws(SystemError) in try loadedUnits() }
    }
    for key in HeldReadings.restricted {
      held.sysctls[key] = Result { () throws(SystemError) in try sysctl(key) }
    }
  }
}
