internal import Glibc
internal import HardenModel

/// Whether the running SELinux enforces, or one of its booleans is on.
package struct SELinuxState: Hashable, Sendable {
  /// What counts now.
  package var isOn: Bool
  /// What counts once pending booleans are committed.
  package var pending: Bool
}

extension Host {
  /// The state of the running SELinux's `boolean`, or of its enforcement; nil where there is none.
  package func selinux(_ boolean: String?) throws(SystemError) -> SELinuxState? {
    guard isLive else { return nil }
    memory.note(.selinux)
    if let planned = planned.selinux[boolean] {
      return SELinuxState(isOn: planned, pending: planned)
    }
    let digits = try text(Self.selinuxPath(boolean))?.words()
    guard let digits, let now = digits.first else { return nil }
    return SELinuxState(isOn: now != "0", pending: (digits.last ?? now) != "0")
  }

  fileprivate static func selinuxPath(_ boolean: String?) -> String {
    boolean.map { "/sys/fs/selinux/booleans/\($0)" } ?? "/sys/fs/selinux/enforce"
  }
}

extension WritableHost {
  /// Turns `boolean`, or with nil enforcement, of the running SELinux on or off.
  ///
  /// A boolean is written and then committed; both are writes below `/sys/fs/selinux`.
  package func setSELinux(_ boolean: String?, to isOn: Bool) throws(SystemError) {
    try write(isOn ? "1" : "0", to: Host.selinuxPath(boolean))
    if boolean != nil { try write("1", to: "/sys/fs/selinux/commit_pending_bools") }
  }

  private func write(_ digit: String, to path: String) throws(SystemError) {
    let file = try host.root.open(path, flags: O_WRONLY)
    let bytes = Array(digit.utf8)
    try calls.make("write", path) {
      unsafe folded(Glibc.write(file.number, bytes, bytes.count))
    }
  }
}
