internal import CHarden
internal import Glibc
internal import SystemPackage

/// What systemd says of its units; reading only.
extension Host {
  /// Whether systemd runs this host, as `sd_booted` tells.
  package var hasServiceManager: Bool {
    isLive && ((try? inode("/run/systemd/system")) ?? nil) != nil
  }

  /// The `ActiveState` of `unit`, for example `active`; one that does not exist is `inactive`.
  package func state(ofUnit unit: String) throws(SystemError) -> String {
    var state = [CChar](repeating: 0, count: 64)
    let result = unsafe charden_unit_state(unit, &state, state.count)
    guard result >= 0 else { throw SystemError("LoadUnit", unit, Errno(rawValue: -result)) }
    return Self.text(state, state.firstIndex(of: 0) ?? 0)
  }

  /// The names of all units that have failed, sorted.
  package func failedUnits() throws(SystemError) -> [String] {
    try loadedUnits().states.filter { $0.value.active == "failed" }.keys.sorted()
  }

  static func text(_ bytes: [CChar], _ length: Int) -> String {
    String(decoding: bytes.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
