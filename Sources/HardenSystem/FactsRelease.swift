internal import HardenModel

/// What os-release(5) says of a system.
package struct SystemRelease: Hashable, Sendable {
  /// `ID`.
  package var id: String
  /// `ID_LIKE`, from near to far.
  package var like: [String]
  /// `VERSION_ID`, empty on rolling distributions.
  package var version: String

  /// Reads the text of an os-release file; a missing `ID` is `linux`, as the format says.
  package init(_ text: String) {
    var values: [Substring: String] = [:]
    for line in text.split(at: "\n") where line.first != "#" {
      guard let equals = line.firstIndex(of: "=") else { continue }
      values[line[..<equals]] = Self.unquoted(line[line.index(after: equals)...])
    }
    id = values["ID"] ?? "linux"
    like = (values["ID_LIKE"] ?? "").split(at: " ").map(String.init)
    version = values["VERSION_ID"] ?? ""
  }

  /// `id` and everything it is like.
  package var families: [String] { [id] + like }

  /// One word for the family: the root of the distribution's line of descent.
  package var family: String {
    ["debian", "rhel", "fedora", "suse", "arch"].first(where: families.contains) ?? id
  }

  private static func unquoted(_ text: Substring) -> String {
    for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      return String(text.dropFirst().dropLast())
    }
    return String(text)
  }
}

extension Host {
  /// The root's os-release file.
  package func systemRelease() throws(SystemError) -> SystemRelease {
    try once("os-release") { host throws(SystemError) in
      for path in ["/etc/os-release", "/usr/lib/os-release"] {
        if let text = try host.text(path) { return SystemRelease(text) }
      }
      throw SystemError(refusing: "/etc/os-release", "there is no such file")
    }
  }
}
