package import HardenCore
internal import HardenModel
package import HardenSystem

extension Setting: FindableByPath {
  /// Files themselves, since a link would say everything twice.
  package static var form: Inode.Form { .file }

  /// The keys of a configuration file whose form its path tells, with the values that count.
  package static func found(
    at path: String, _ inode: Inode, isNamed: Bool, on host: borrowing Host
  ) throws(SystemError) -> [Found] {
    guard let format = format(of: path) else {
      return isNamed ? [Found(path, obstacle: "its path does not tell how it is written")] : []
    }
    var found: [Found] = []
    for key in try keys(of: path, format, host) {
      let setting = Setting(file: path, format: format, key: key, wanted: nil)
      let lines = try SettingLines(setting, host)
      guard let winner = lines.winner else { continue }
      // Of what is collected every line counts.
      let texts = setting.isCollected ? lines.lines.map(\.text) : [winner.text]
      found.append(
        Found(
          setting.address.name,
          [FoundField("file", .text(path)), FoundField("format", .text(format.rawValue))],
          member: Found.Member(of: "set", FoundField(key, .text(texts.joined(separator: " "))))))
    }
    return found
  }

  private static func format(of path: String) -> SettingFormat? {
    switch path {
    case "/etc/login.defs": .loginDefs
    case "/etc/ssh/sshd_config": .sshd
    default: FoundPaths.matches(path, "/etc/systemd/*.conf") ? .ini : nil
    }
  }

  /// The keys that stand in the file itself, each once and as it is first written.
  private static func keys(of path: String, _ format: SettingFormat, _ host: borrowing Host)
    throws(SystemError) -> [String]
  {
    let file = format.file.keyed(try host.contents(path) ?? [])
    var (keys, known): ([String], Set<String>) = ([], [])
    for entry in file?.entries ?? [] {
      let key = entry.section.isEmpty ? entry.key : "\(entry.section)/\(entry.key)"
      if format == .sshd, !entry.section.isEmpty || entry.key.lowercased() == "include" { continue }
      if known.insert(format == .sshd ? key.lowercased() : key).inserted { keys.append(key) }
    }
    return keys
  }
}
