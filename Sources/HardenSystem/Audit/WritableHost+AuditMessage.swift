internal import CHarden
internal import Glibc
internal import SystemPackage

extension WritableHost {
  /// Tells the audit system that this program has changed the host; the kernel adds who it was.
  ///
  /// `words` are names and values without spaces in them. The corresponding message is
  /// `AUDIT_USYS_CONFIG`; it goes nowhere while auditing is off.
  package func tellAudit(_ words: [(name: String, value: String)], succeeded: Bool)
    throws(SystemError)
  {
    guard host.isLive else { return }
    let program = (try? host.linkTarget("/proc/self/exe")) ?? nil
    let text =
      words.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      + " exe=\(AuditValue.text(program ?? "")) hostname=? addr=? terminal=? "
      + "res=\(succeeded ? "success" : "failed")"
    var socket = try AuditSocket()
    try calls.make("AUDIT_USYS_CONFIG", text) {
      do throws(SystemError) { try socket.send(.configuration, Array(text.utf8) + [0]) } catch {
        return -Int(error.errno?.rawValue ?? EIO)
      }
      return 0
    }
  }
}

/// Values as readers of audit messages take them.
enum AuditValue {
  /// In quotes, or in hexadecimal digits where quotes would not hold it together.
  static func text(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }
    if isPlain { return "\"\(value)\"" }
    return value.utf8.map { byte in
      (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
