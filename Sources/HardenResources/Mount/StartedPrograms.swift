internal import HardenModel
internal import HardenSystem

/// Programs that units and cron start by their paths.
struct StartedPrograms: Sendable {
  /// Who starts them: a unit, or a line of a cron table.
  let name: String
  /// Their paths.
  let programs: [String]

  /// Everybody on `host` who starts any, read once.
  static func of(_ host: borrowing Host) throws(SystemError) -> [StartedPrograms] {
    try host.once("programs of units and cron") { host throws(SystemError) in
      try units(host) + cron(host)
    }
  }

  // MARK: Units

  private static let folders = [
    "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
  ]

  private static func units(_ host: borrowing Host) throws(SystemError) -> [StartedPrograms] {
    var names: Set<String> = []
    for folder in folders {
      for name in try host.entries(folder) {
        if name.hasSuffix(".service") { names.insert(name) }
        if name.hasSuffix(".service.d") { names.insert(String(name.dropLast(2))) }
      }
    }
    return names.sorted().compactMap { name in
      // A unit that cannot be read is one that somebody else could have written.
      guard let name = UnitName(name), let unit = try? UnitFile(name, host), unit.mask == nil,
        unit.other == nil, let lines = try? unit.assignments("Service", all: true, host)
      else { return nil }
      let programs = programs(of: lines)
      return programs.isEmpty ? nil : StartedPrograms(name: name.text, programs: programs)
    }
  }

  /// The commands of services; the other keys that begin like them hold directories.
  private static let commands: Set<String> = [
    "ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop",
    "ExecStopPost",
  ]

  private static func programs(of lines: [UnitAssignment]) -> [String] {
    var kept: [UnitAssignment] = []
    for line in lines where commands.contains(line.key) {
      // An empty line takes back those before it.
      if line.text.isEmpty { kept.removeAll { $0.key == line.key } } else { kept.append(line) }
    }
    return kept.compactMap { line in
      let program = line.words.first?.drop { "-@:+!|".contains($0) }
      return program.flatMap { $0.first == "/" ? String($0) : nil }
    }
  }

  // MARK: Cron

  private static func cron(_ host: borrowing Host) throws(SystemError) -> [StartedPrograms] {
    var tables = [("/etc/crontab", true)]
    tables += try host.entries("/etc/cron.d").sorted().filter { name in
      // Names that no cron reads: hidden, and what editors and packages leave behind.
      name.first != "." && name.last != "~" && !name.contains(".dpkg-") && !name.contains(".rpm")
    }.map { ("/etc/cron.d/\($0)", true) }
    for folder in ["/var/spool/cron/crontabs", "/var/spool/cron"] {
      tables += try host.entries(folder).sorted().map { ("\(folder)/\($0)", false) }
    }
    var found: [StartedPrograms] = []
    for (path, namesUser) in tables {
      guard (try? host.inodeFollowing(path))??.form == .file,
        let text = (try? host.text(path)).flatMap(\.self)
      else { continue }
      for (index, line) in text.split(at: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        let programs = programs(ofLine: line, namesUser: namesUser)
        guard !programs.isEmpty else { continue }
        found.append(
          StartedPrograms(name: "cron (\(Place(path, line: index + 1)))", programs: programs))
      }
    }
    return found
  }

  /// The absolute paths among the programs that a line of a cron table runs.
  static func programs(ofLine line: some StringProtocol, namesUser: Bool) -> [String] {
    guard let first = line.first(where: { !$0.isWhitespace }),
      first.isNumber || first == "*" || first == "@"
    else { return [] }
    // Five fields of time or one word such as @daily, perhaps a user, and the command.
    let before = (first == "@" ? 1 : 5) + (namesUser ? 1 : 0)
    let fields = line.words(maxSplits: before)
    guard fields.count > before else { return [] }
    return fields[before].split { ";&|(){}".contains($0) }.compactMap { command in
      let words = command.words()
      return words.first { !$0.contains("=") }.flatMap { $0.first == "/" ? String($0) : nil }
    }
  }
}
