internal import HardenModel
internal import HardenSystem

/// Every line that gives one key its value, over all files that the program reads, in its order.
struct SettingLines {
  /// One such line.
  struct Line: Hashable {
    var place: Place
    var text: String
    /// Where it stands among all lines.
    var order: Int
    /// The Match that it stands below; empty where it counts for everybody.
    var section = ""
  }

  /// The lines that count unconditionally, in reading order.
  private(set) var lines: [Line] = []
  /// Lines below a `Match`, which count for some.
  private(set) var conditional: [Line] = []
  /// Our own drop-in, where the program reads one.
  private(set) var own: (path: String, order: Int)?
  /// Whether the program has any of its files.
  private(set) var exists = false
  /// The files and drop-in directories that the program reads.
  private(set) var paths: [String] = []
  /// Why the files cannot be understood; nil when they can.
  private(set) var refusal: String?
  private let setting: Setting
  private var count = 0
  private var open: Set<String> = []

  /// The lines for `setting` on `host`.
  init(_ setting: Setting, _ host: borrowing Host) throws(SystemError) {
    self.setting = setting
    if let name = Self.systemdName(setting) {
      try readSystemd(name, host)
    } else {
      for folder in Self.earlierFolders[setting.file, default: []] {
        if try host.inodeFollowing(folder) != nil { paths.append(folder) }
        for name in try host.entries(folder) where name.hasSuffix(".conf") {
          try read("\(folder)/\(name)", host)
        }
      }
      // A value that is added goes into the file itself.
      exists = false
      try read(setting.file, host)
    }
  }

  /// Drop-ins that are read before the file itself, whose lines count more.
  private static let earlierFolders = [
    "/etc/security/pwquality.conf": ["/etc/security/pwquality.conf.d"]
  ]

  /// The line that counts.
  var winner: Line? { setting.format == .sshd ? lines.first : lines.last }

  /// Whether a line of ours would count in the place of the one that counts now.
  var ownWins: Bool {
    guard let own else { return false }
    guard let winner, winner.place.path != own.path else { return true }
    return setting.format == .sshd ? own.order < winner.order : own.order > winner.order
  }

  private mutating func read(_ path: String, _ host: borrowing Host) throws(SystemError) {
    guard !open.contains(path), open.count < 16 else { return }
    guard let content = try host.contents(path, last: .follow) else { return }
    exists = true
    paths.append(path)
    if setting.format == .json {
      let file = JSONFile(content)
      if !file.isValid { refusal = "\(path) is not one JSON object; correct it first" }
      if file.isBlocked(setting.key) { refusal = "a part of the path is no object in \(path)" }
      guard let text = file.text(of: setting.key) else { return }
      return add(Place(path, line: file.line(of: setting.key)), text)
    }
    guard let file = try Self.keyed(path, setting.format.file, host) else { return }
    open.insert(path)
    defer { open.remove(path) }
    let (section, key) = setting.section
    for entry in file.entries {
      if setting.format == .sshd, entry.key.lowercased() == "include" {
        guard entry.section.isEmpty else { continue }
        for pattern in entry.text.words() { try include(String(pattern), host) }
      } else if setting.isSame(entry.key, key) {
        let place = Place(path, line: entry.number)
        if entry.section == section {
          add(place, entry.text)
        } else if setting.format == .sshd {
          conditional.append(
            Line(place: place, text: entry.text, order: count, section: entry.section))
        }
      }
    }
  }

  /// The file at `path` in its parts, which many settings share.
  private static func keyed(_ path: String, _ format: FileFormat, _ host: borrowing Host)
    throws(SystemError) -> KeyedLines?
  {
    try host.once("\(format.rawValue) \(path)") { host throws(SystemError) in
      try host.contents(path, last: .follow).flatMap { format.keyed($0) }
    }
  }

  private mutating func add(_ place: Place, _ text: String) {
    lines.append(Line(place: place, text: text, order: count))
    count += 1
  }

  // MARK: sshd

  private static let ownServerName = "00-harden.conf"

  /// The files that an Include of sshd names, sorted as glob(3) sorts them.
  private mutating func include(_ pattern: String, _ host: borrowing Host) throws(SystemError) {
    let pattern = SettingFormat.unquoted(pattern)
    let path = pattern.first == "/" ? pattern : "/etc/ssh/\(pattern)"
    guard let slash = path.lastIndex(of: "/") else { return }
    let (folder, last) = (String(path[..<slash]), path[path.index(after: slash)...])
    guard Glob.isPattern(last) else { return try read(path, host) }
    let isOurs =
      own == nil && setting.file == "/etc/ssh/sshd_config" && folder.hasPrefix("/etc/ssh/")
      && Glob.matches(Self.ownServerName[...], last)
    if try host.inodeFollowing(folder) != nil { paths.append(folder) }
    var names = try host.entries(folder).filter { Glob.matches($0[...], last) }
    if isOurs, !names.contains(Self.ownServerName) { names.append(Self.ownServerName) }
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      if isOurs, name == Self.ownServerName {
        own = ("\(folder)/\(name)", count)
        count += 1
      }
      try read("\(folder)/\(name)", host)
    }
  }

  // MARK: systemd

  private static let ownManagerName = "99-zz-harden.conf"

  /// The name of a file of systemd that has drop-ins; nil for every other file.
  private static func systemdName(_ setting: Setting) -> String? {
    let folder = "/etc/systemd/"
    guard setting.format == .ini, setting.file.hasPrefix(folder), setting.file.hasSuffix(".conf")
    else { return nil }
    let name = String(setting.file.dropFirst(folder.count))
    return name.contains("/") ? nil : name
  }

  /// The first main file, then the drop-ins of all directories by name, the first of a name counting.
  private mutating func readSystemd(_ name: String, _ host: borrowing Host) throws(SystemError) {
    let folders = ["/etc", "/run", "/usr/local/lib", "/usr/lib"].map { "\($0)/systemd" }
    for folder in folders where !exists { try read("\(folder)/\(name)", host) }
    let dropIns = folders.map { "\($0)/\(name).d" }
    for folder in dropIns where try host.inodeFollowing(folder) != nil { paths.append(folder) }
    let ours = "/etc/systemd/\(name).d/\(Self.ownManagerName)"
    for (entry, path) in try host.dropIns(in: dropIns, own: ours) {
      if entry == Self.ownManagerName {
        own = (ours, count)
        count += 1
      }
      if try host.inodeFollowing(path)?.form == .file { try read(path, host) }
    }
  }
}

extension Setting {
  /// The section and the key that the playbook names.
  var section: (section: String, key: String) {
    KeyedLines.parts(key, format == .ini ? .ini : .keyvalue)
  }

  /// Whether two keys are one in this format.
  func isSame(_ one: String, _ other: String) -> Bool {
    (format == .sshd ? KeyedLines.Syntax.sshd : .keyvalue).isSame(one, other)
  }

  /// Whether sshd reads every line of the key, so that the first one does not win.
  var isCollected: Bool {
    format == .sshd
      && [
        "acceptenv", "allowgroups", "allowusers", "denygroups", "denyusers", "hostcertificate",
        "hostkey", "listenaddress", "logverbose", "maxstartups", "permitlisten", "permitopen",
        "port", "setenv",
        "subsystem",
      ].contains(key.lowercased())
  }
}
