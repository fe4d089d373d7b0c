internal import CHarden
internal import Glibc
internal import SystemPackage

/// What this process has given up for good: a planner that was led astray could not change the host.
///
/// It is made in two stages, since some of what a planner compares is told by sockets and to
/// privileged processes only: ``init(_:)`` before anything of a playbook is read, ``finish(_:)`` as
/// soon as ``Host/holdPrivileged()`` has read that. Layers do not lean on each other.
package struct Seal: Sendable {
  /// One way of giving rights up.
  package enum Layer: String, CaseIterable, Sendable {
    /// Landlock: nothing is written, made, removed, moved or executed.
    case files
    /// seccomp: no call changes files, mounts, the kernel or other processes, or makes a process.
    case calls
    /// No capability but those to read.
    case capabilities
  }

  /// The layers that hold, each with what says how far.
  private(set) var holding: [(layer: Layer, detail: String)] = []
  /// The layers that this kernel does not give, and why.
  private(set) var missing: [(layer: Layer, reason: SystemError)] = []

  /// Gives up everything but reading, talking and privileges, in `layers`.
  package init(_ layers: [Layer] = Layer.allCases) {
    _ = charden_no_new_privileges()
    if layers.contains(.files) {
      add(.files, charden_landlock()) { "Landlock \($0)" }
    }
    if layers.contains(.calls) { add(.calls, charden_deny_changes()) { _ in "seccomp" } }
  }

  /// Gives up talking and privileges, too.
  package mutating func finish(_ layers: [Layer] = Layer.allCases) {
    if layers.contains(.capabilities) {
      let kept = Self.reading.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
      add(.capabilities, charden_keep_capabilities(kept)) {
        $0 == 0 ? "no capability" : "\($0) capabilities to read"
      }
    }
    guard layers.contains(.calls), holding.contains(where: { $0.layer == .calls }) else { return }
    let status = charden_deny_talking()
    guard status < 0 else { return }
    holding.removeAll { $0.layer == .calls }
    missing.append((.calls, SystemError("seccomp", "calls", Errno(rawValue: -status))))
  }

  private mutating func add(_ layer: Layer, _ status: CInt, _ detail: (CInt) -> String) {
    if status < 0 {
      missing.append((layer, SystemError("seal", layer.rawValue, Errno(rawValue: -status))))
    } else {
      holding.append((layer, detail(status)))
    }
  }

  /// What reads other people's files and processes: CAP_DAC_READ_SEARCH and CAP_SYS_PTRACE.
  private static let reading = [2, 19]

  /// One sentence without a full stop: `sealed by Landlock 4, seccomp and 2 capabilities to read`.
  package var sentence: String {
    let held = holding.map(\.detail)
    let start =
      held.isEmpty ? "not sealed" : "sealed by " + held.joined(separator: ", ")
    return start + missing.map { "; without \($0.layer.rawValue): \($0.reason)" }.joined()
  }
}
