internal import HardenModel
internal import HardenSystem

/// What modprobe(8) reads: every modprobe.d file of a host, in the order in which it counts.
struct ModuleConfiguration: Sendable {
  /// One line that says something.
  struct Line: Hashable, Sendable {
    var place: Place
    /// `install`, `blacklist` and so on.
    var command: String
    /// The module, or a pattern, with underscores.
    var module: String
    /// What follows.
    var rest: String
    /// The line as it stands where it is one line, so that it can be commented out.
    var text: String?
  }

  /// The lines, in reading order.
  private(set) var lines: [Line] = []

  /// Our own file: the first `install` of a module counts, so it comes early.
  static let ownPath = "/etc/modprobe.d/00-harden.conf"
  private static let folders = [
    "/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d",
    "/lib/modprobe.d",
  ]

  /// The configuration of `host`, read once.
  static func of(_ host: borrowing Host) throws(SystemError) -> ModuleConfiguration {
    try host.once("modprobe.d") { host throws(SystemError) in try ModuleConfiguration(host) }
  }

  private init(_ host: borrowing Host) throws(SystemError) {
    for (_, path) in try host.dropIns(in: Self.folders) {
      guard try host.inodeFollowing(path)?.form == .file else { continue }
      lines += Self.lines(try host.contents(path, last: .follow) ?? [], of: path)
    }
  }

  /// The lines in `content`, which is the file at `path`.
  static func lines(_ content: [UInt8], of path: String) -> [Line] {
    var found: [Line] = []
    var begun = ""
    var first = 0
    let split = content.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, bytes) in split.enumerated() {
      let text = String(decoding: bytes, as: UTF8.self)
      if begun.isEmpty { first = index + 1 }
      if text.last == "\\" {
        begun += text.dropLast()
        continue
      }
      let words = (begun + text).words(maxSplits: 2).map(String.init)
      if words.count > 1, words[0].first != "#" {
        found.append(
          Line(
            place: Place(path, line: first), command: words[0], module: normal(words[1]),
            rest: words.count > 2 ? words[2] : "", text: begun.isEmpty ? text : nil))
      }
      begun = ""
    }
    return found
  }

  /// The name of a module as the kernel has it.
  static func normal(_ name: String) -> String { name.replacing("-", by: "_") }

  /// The line that says what is run instead of loading `module`; nil where it would be loaded.
  func install(_ module: String, besides path: String? = nil) -> Line? {
    lines.first {
      $0.command == "install" && $0.place.path != path
        && Glob.matches(module[...], $0.module[...])
    }
  }

  /// Whether aliases do not bring `module`.
  func isBlacklisted(_ module: String) -> Bool {
    lines.contains { $0.command == "blacklist" && $0.module == module }
  }
}

extension ModuleConfiguration.Line {
  /// Whether the command loads nothing.
  var isBlocking: Bool {
    let program = rest.split(at: " ").first.map(String.init) ?? ""
    return ["false", "true"].contains(program.lastComponent)
      && (!program.contains("/") || program.hasPrefix("/bin/") || program.hasPrefix("/usr/bin/"))
      && !rest.contains(";") && !rest.contains("|") && !rest.contains("&")
  }
}
