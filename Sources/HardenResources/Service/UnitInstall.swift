internal import HardenModel
internal import HardenSystem

/// What the `[Install]` section of a unit says: the links that enabling it makes.
struct UnitInstall: Sendable {
  /// Names besides its own.
  private(set) var aliases: [String] = []
  /// Units that are enabled and disabled along.
  private(set) var also: [String] = []
  /// The instance that a template stands for by itself.
  private(set) var defaultInstance: String?
  /// Units that start it, by the directory for the kind of need.
  private(set) var needs: [(folder: String, unit: String)] = []

  private static let folders = [
    "WantedBy": "wants", "RequiredBy": "requires", "UpheldBy": "upholds",
  ]

  /// Reads the section of `file`.
  init(_ file: UnitFile, _ host: borrowing Host) throws(SystemError) {
    var needs: [String: [String]] = [:]
    for line in try file.assignments("Install", host) {
      // An empty value takes back what came before.
      let add = { (list: [String]) in line.words.isEmpty ? [] : list + line.words }
      switch line.key {
      case "Alias": aliases = add(aliases)
      case "Also": also += line.words
      case "DefaultInstance": defaultInstance = line.text.isEmpty ? nil : line.text
      case let key:
        if let folder = Self.folders[key] { needs[folder] = add(needs[folder] ?? []) }
      }
    }
    self.needs = needs.sorted { $0.key < $1.key }.flatMap { folder, units in
      units.map { (folder, $0) }
    }
  }

  /// Whether enabling makes any link.
  var hasLinks: Bool { !aliases.isEmpty || !needs.isEmpty }
}

/// A link that an administrator, or enabling, has made below `/etc/systemd/system`.
struct UnitLink: Hashable, Sendable {
  /// Where it stands.
  let path: String
  /// What it says.
  let target: String
  /// Whether it stands in a directory of needs; otherwise it is another name of a unit, or the unit.
  let isNeed: Bool
  /// Its own name.
  let name: String
  /// The name of the unit file that it leads to.
  let base: String

  init(_ path: String, to target: String, isNeed: Bool) {
    (self.path, self.target, self.isNeed) = (path, target, isNeed)
    (name, base) = (path.lastComponent, target.lastComponent)
  }

  /// Whether it is there for `unit`: for a template, for any instance of it.
  func belongs(to unit: UnitName) -> Bool {
    if isNeed { return name == unit.text || base == unit.text }
    return base == unit.text && name != unit.text
  }

  /// Every link below `folder`, read once.
  static func all(below folder: String, _ host: borrowing Host) throws(SystemError) -> [UnitLink] {
    try host.once("unit links \(folder)") { host throws(SystemError) in
      var links: [UnitLink] = []
      for entry in try host.entries(folder) {
        let path = "\(folder)/\(entry)"
        let isFolder = [".wants", ".requires", ".upholds"].contains { entry.hasSuffix($0) }
        if !isFolder {
          if let target = try host.linkTarget(path) {
            links.append(UnitLink(path, to: target, isNeed: false))
          }
          continue
        }
        for name in try host.entries(path) {
          if let target = try host.linkTarget("\(path)/\(name)") {
            links.append(UnitLink("\(path)/\(name)", to: target, isNeed: true))
          }
        }
      }
      return links
    }
  }
}
