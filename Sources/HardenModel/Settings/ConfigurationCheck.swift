/// The program that reads a file in the end, asked whether it would take a new content.
package enum ConfigurationCheck: String, Hashable, Sendable, Codable {
  /// `sshd -t`.
  case sshd
  /// `visudo -c`.
  case sudoers

  /// Where the program stands; only this place is trusted.
  package var program: String {
    switch self {
    case .sshd: "/usr/sbin/sshd"
    case .sudoers: "/usr/sbin/visudo"
    }
  }

  /// Its arguments: the content comes on standard input.
  package var arguments: [String] {
    switch self {
    case .sshd: ["-t", "-f", "/dev/stdin"]
    case .sudoers: ["-c", "-f", "/dev/stdin"]
    }
  }

  /// Whether a program that ended with an error and these last words has taken the content all the same.
  ///
  /// sshd looks for the directory that its service makes at start when it has read everything else.
  package func isTaken(saying words: String) -> Bool {
    self == .sshd && words.hasPrefix("Missing privilege separation directory")
  }

  /// Who checks the file at `path` in `format`; nil when nobody does.
  package static func of(_ path: String, _ format: FileFormat) -> ConfigurationCheck? {
    if format == .sshd { return .sshd }
    return path == "/etc/sudoers" || path.hasPrefix("/etc/sudoers.d/") ? .sudoers : nil
  }
}
