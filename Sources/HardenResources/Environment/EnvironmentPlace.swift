internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// A place that gives variables to people and programs.
package enum EnvironmentPlace: String, Choice, Hashable, Codable {
  /// Shell files that login shells read.
  case profile = "profile.d"
  /// Files that systemd reads for the services of users.
  case manager = "environment.d"
  /// The file that the go command reads.
  case go

  /// Our own file: its name sorts behind others, because the last value counts.
  func path(_ name: String) -> String {
    switch self {
    case .profile: "/etc/profile.d/zz-\(name).sh"
    case .manager: "/etc/environment.d/zz-\(name).conf"
    case .go: ""
    }
  }

  /// Why `value` cannot be written there; nil when it can.
  func obstacle(_ value: String) -> String? {
    if value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "it is no line of text" }
    switch self {
    case .profile: return nil
    case .manager:
      return value.contains { "\"'\\$`#".contains($0) }
        ? "quotes, backslashes, $ and # mean something else there" : nil
    case .go:
      return value.first == " " || value.last == " " ? "blanks around it would be lost" : nil
    }
  }

  /// The line that gives `variable` the value.
  func line(_ variable: String, _ value: String) -> String {
    switch self {
    case .profile: "export \(variable)=\(quoted(value))"
    case .manager, .go: "\(variable)=\(quoted(value))"
    }
  }

  /// `value` as it stands behind the equals sign.
  func quoted(_ value: String) -> String {
    let isPlain =
      !value.isEmpty
      && value.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
          || "_-./:,=+@%".utf8.contains(byte)
      }
    switch self {
    case .profile: return isPlain ? value : "'\(value.replacing("'", by: "'\\''"))'"
    case .manager: return isPlain || value.isEmpty ? value : "\"\(value)\""
    case .go: return value
    }
  }

  /// The files that are read, in order; `own` is among them.
  func files(_ own: String, _ host: borrowing Host) throws(SystemError) -> [String] {
    switch self {
    case .go: return [own]
    case .profile:
      var names = Set(try host.entries("/etc/profile.d").filter { $0.hasSuffix(".sh") })
      names.insert(String(own.dropFirst("/etc/profile.d/".count)))
      return ["/etc/environment", "/etc/profile"]
        + names.sorted(by: Self.precedes).map { "/etc/profile.d/\($0)" }
    case .manager:
      let folders = ["/etc", "/run", "/usr/local/lib", "/usr/lib"].map { "\($0)/environment.d" }
      return try host.dropIns(in: folders, own: own).map(\.path)
    }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
