internal import HardenModel

/// What was read of a host, or why it could not be.
package enum Measured<Value: Hashable & Sendable>: Hashable, Sendable {
  /// It was read.
  case known(Value)
  /// It could not be read, for this reason.
  case unmeasured(String)
}

/// The facts that playbooks name in `${fact.NAME}` and below `when:`.
package enum Fact: String, Sendable, CaseIterable {
  /// The host's own name.
  case hostname
  /// `ID` of os-release, for example `debian`.
  case os
  /// The family that `ID` and `ID_LIKE` of os-release tell, for example `debian` on Ubuntu.
  case osFamily = "os_family"
  /// `VERSION_ID` of os-release.
  case osVersion = "os_version"
  /// The running kernel's release.
  case kernel
  /// The machine's architecture as uname(2) prints it.
  case arch
  /// `enforcing`, `permissive` or `disabled`.
  case selinux
  /// `enabled` or `disabled`.
  case apparmor
  /// The kind of container, or `none`.
  case container
  /// The kind of virtual machine, or `none`.
  case virtualization
  /// `true` where the firmware is UEFI.
  case uefi
}

extension Host {
  /// Reads one fact; nothing is run for it.
  ///
  /// What only a running kernel knows is unmeasured below `--root`.
  package func fact(_ fact: Fact) -> Measured<String> {
    do throws(SystemError) {
      return switch fact {
      case .hostname: try hostname()
      case .os: .known(try systemRelease().id)
      case .osFamily: .known(try systemRelease().family)
      case .osVersion: .known(try systemRelease().version)
      case .kernel: live("kernel") { .known(Uname.current.release) }
      case .arch: live("arch") { .known(Uname.current.machine) }
      case .selinux: try selinux()
      case .apparmor: try apparmor()
      case .container: try container()
      case .virtualization: try virtualization()
      case .uefi: try uefi()
      }
    } catch {
      return .unmeasured(error.description)
    }
  }

  /// `read` on a running host; below `--root`, that nobody can know.
  func live<Value>(
    _ what: String, _ read: () throws(SystemError) -> Measured<Value>
  ) throws(SystemError) -> Measured<Value> {
    guard isLive else { return .unmeasured("only the running host knows \(what)") }
    return try read()
  }

  private func live(_ what: String, _ read: () -> Measured<String>) -> Measured<String> {
    isLive ? read() : .unmeasured("only the running host knows \(what)")
  }

  private func hostname() throws(SystemError) -> Measured<String> {
    if isLive { return .known(Uname.current.node) }
    let name = try text("/etc/hostname")?.split(at: "\n").first { !$0.hasPrefix("#") }
    return name.map { .known(String($0)) } ?? .unmeasured("/etc/hostname names no host")
  }
}
