internal import HardenModel
internal import HardenSystem

/// What `/etc/selinux/config` says, read as libselinux reads it at boot.
struct SELinuxConfig {
  static let path = "/etc/selinux/config"

  /// The mode of the next boot.
  let mode: Mode
  /// The line that gives it; nil where none does, which means permissive.
  let line: (number: Int, text: String)?
  /// The name of the policy.
  let policy: String

  enum Mode: String {
    case enforcing, permissive, disabled
  }

  /// The configuration of `host`; nil where it has none, or names no policy.
  static func of(_ host: borrowing Host) throws(SystemError) -> SELinuxConfig? {
    try host.text(path).flatMap(SELinuxConfig.init)
  }

  init?(_ text: String) {
    var mode: Mode?
    var line: (number: Int, text: String)?
    var policy: String?
    let lines = text.split(at: "\n", omittingEmptySubsequences: false)
    for (index, text) in lines.map(String.init).enumerated() {
      if let name = Self.value(of: "SELINUXTYPE=", in: text), !name.isEmpty { policy = name }
      // The first line with a mode in it counts, and only its beginning.
      guard mode == nil, let value = Self.value(of: "SELINUX=", in: text)?.lowercased() else {
        continue
      }
      for word in [Mode.enforcing, .permissive, .disabled] where value.hasPrefix(word.rawValue) {
        mode = word
        line = (index + 1, text)
      }
    }
    guard let policy else { return nil }
    self.mode = mode ?? .permissive
    self.line = line
    self.policy = policy
  }

  private static func value(of name: String, in line: String) -> String? {
    guard line.hasPrefix(name) else { return nil }
    return String(line.dropFirst(name.count).filter { !$0.isWhitespace })
  }

  /// The step that makes the file say `mode`.
  func step(to mode: Mode, for address: Address) -> Step {
    let after = "SELINUX=\(mode.rawValue)"
    return .editFile(
      EditFile(
        path: Self.path, format: .lines,
        edits: [UnitEdit(address, unit: after, before: line?.text, after: after)]))
  }
}
