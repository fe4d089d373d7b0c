internal import HardenModel
internal import CHarden

/// The login that this process belongs to.
package enum Login {
  /// Milliseconds since this machine began to boot, sleep included.
  package static var uptime: Int64 { charden_uptime() }

  /// When the login began, milliseconds since boot; nil when nothing tells.
  ///
  /// With an audit session it is the oldest process of that session above this one, which `sudo` and
  /// terminals of their own do not hide; otherwise the leader of the terminal's session.
  package static func began() -> Int64? {
    guard let session = audit(of: "self") else {
      let leader = charden_session(0)
      return leader > 0 ? start(of: "\(leader)") : nil
    }
    var oldest = "self"
    // A chain of parents is never longer.
    for _ in 0..<4096 {
      guard let parent = parent(of: oldest), audit(of: parent) == session else { break }
      oldest = parent
    }
    return start(of: oldest)
  }

  /// The processes above this one, the nearest first.
  package static func ancestors() -> [Int] {
    var found: [Int] = []
    var process = "self"
    while found.count < 4096, let parent = parent(of: process), let number = Int(parent) {
      found.append(number)
      process = parent
    }
    return found
  }

  private static func audit(of process: String) -> UInt32? {
    guard let bytes = try? UserFile.read("/proc/\(process)/sessionid", limit: 64),
      let value = UInt32(String(decoding: bytes, as: UTF8.self).filter(\.isNumber)), value != .max
    else { return nil }
    return value
  }

  private static func parent(of process: String) -> String? {
    fields(of: process).flatMap { $0.count > 1 && $0[1] != "0" ? String($0[1]) : nil }
  }

  /// The kernel counts hundredths of a second.
  private static func start(of process: String) -> Int64? {
    fields(of: process).flatMap { $0.count > 19 ? Int64($0[19]) : nil }.map { $0 * 10 }
  }

  /// What follows the name in `/proc/<process>/stat`: the state comes first.
  private static func fields(of process: String) -> [Substring]? {
    guard let bytes = try? UserFile.read("/proc/\(process)/stat", limit: 4096) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.lastIndex(of: ")").map { text[text.index(after: $0)...].split(at: " ") }
  }
}
