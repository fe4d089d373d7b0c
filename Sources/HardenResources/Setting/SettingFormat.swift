internal import HardenCore
internal import HardenModel

/// How the file of a setting is written; each is a way to find units in it.
package enum SettingFormat: String, Choice, Hashable, Codable {
  /// `key = value`, `key=value` or `key value`.
  case keyvalue
  /// Sections with `key=value`.
  case ini
  /// sshd_config(5).
  case sshd
  /// login.defs(5).
  case loginDefs = "login.defs"
  /// JSON.
  case json
  /// Whole lines.
  case lines

  /// The format of the edits.
  var file: FileFormat {
    switch self {
    case .keyvalue: .keyvalue
    case .ini: .ini
    case .sshd: .sshd
    case .loginDefs: .loginDefs
    case .json: .json
    case .lines: .lines
    }
  }

  /// Whether a file that says `observed` says what the playbook writes as `wanted`.
  func isSame(_ observed: String, _ wanted: String) -> Bool {
    if observed == wanted { return true }
    switch self {
    case .json: return JSONFile.compact(observed) == JSONFile.compact(wanted)
    case .lines: return observed.words() == wanted.words()
    case .sshd:
      let (left, right) = (Self.unquoted(observed).words(), Self.unquoted(wanted).words())
      if left == right { return true }
      // sshd reads these words in any case; names and paths it does not.
      return left.count == 1 && right.count == 1 && Self.sshdWords.contains(right[0].lowercased())
        && left[0].lowercased() == right[0].lowercased()
    case .keyvalue, .ini, .loginDefs: return Self.unquoted(observed) == Self.unquoted(wanted)
    }
  }

  private static let sshdWords: Set<String> = [
    "yes", "no", "none", "any", "all", "local", "remote", "prohibit-password",
    "forced-commands-only", "delayed", "quiet", "fatal", "error", "info", "verbose", "debug",
  ]

  /// `text` without quotes around it.
  static func unquoted(_ text: String) -> String {
    guard let first = text.first, first == "\"" || first == "'", text.count > 1,
      text.last == first, !text.dropFirst().dropLast().contains(first)
    else { return text }
    return String(text.dropFirst().dropLast())
  }
}
