internal import HardenModel
internal import HardenSystem

/// Where systemd finds a unit, over its whole search path.
struct UnitFile: Sendable {
  let name: UnitName
  /// The file that describes it, whether or not a mask hides it; nil when there is none.
  private(set) var path: String?
  /// The mask that hides it: a link to /dev/null, or an empty file.
  private(set) var mask: String?
  /// The unit that it is only another name of.
  private(set) var other: String?

  /// The directory of the administrator, where enabling and masking make links.
  static let folder = "/etc/systemd/system"

  /// Every directory with unit files, the first that has a name counts.
  static let folders = [
    "/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient",
    "/run/systemd/generator.early", folder, "/etc/systemd/system.attached", "/run/systemd/system",
    "/run/systemd/system.attached", "/run/systemd/generator", "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system", "/lib/systemd/system", "/run/systemd/generator.late",
  ]

  /// Looks for `name` on `host`.
  init(_ name: UnitName, _ host: borrowing Host) throws(SystemError) {
    self.name = name
    let places = try Self.places(host)
    for name in [name, name.template].compactMap({ $0?.text }) {
      for folder in places[name] ?? [] where path == nil {
        try look(in: folder, name, host)
      }
    }
  }

  /// In which of ``folders`` each name stands, in their order; listed once.
  private static func places(_ host: borrowing Host) throws(SystemError) -> [String: [String]] {
    try host.once("places of units") { host throws(SystemError) in
      var places: [String: [String]] = [:]
      for folder in folders {
        for name in try host.entries(folder) { places[name, default: []].append(folder) }
      }
      return places
    }
  }

  private mutating func look(in folder: String, _ name: String, _ host: borrowing Host)
    throws(SystemError)
  {
    let path = "\(folder)/\(name)"
    guard let inode = try host.inode(path) else { return }
    if let target = try host.linkTarget(path) {
      let base = target.lastComponent
      if target == "/dev/null" {
        mask = mask ?? path
      } else {
        self.path = path
        other = base == name ? nil : base
      }
    } else if inode.form == .file {
      // What is only planned so far has no size.
      if inode.size == 0, try host.contents(path)?.isEmpty ?? true {
        mask = mask ?? path
      } else {
        self.path = path
      }
    }
  }

  /// Whether nothing at all is known of the unit.
  var isMissing: Bool { path == nil && mask == nil }

  /// The program that wrote it at boot, or at the moment; nil for a file that stays.
  var maker: String? {
    guard let path else { return nil }
    if path.hasPrefix("/run/systemd/generator") { return "generated" }
    return path.hasPrefix("/run/systemd/transient/") ? "transient" : nil
  }

  /// The files that add to it, in the order in which they are read; `all` has those for many units,
  /// too.
  func dropIns(all: Bool, _ host: borrowing Host) throws(SystemError) -> [String] {
    var names = [name, name.template].compactMap { $0.map { "\($0.text).d" } }
    if all {
      var stem = name.prefix
      while let dash = stem.dropLast().lastIndex(of: "-") {
        stem = stem[...dash]
        names.append("\(stem).\(name.type).d")
      }
      names.append("\(name.type).d")
    }
    let places = try Self.places(host)
    let folders = names.flatMap { name in (places[name] ?? []).map { "\($0)/\(name)" } }
    return try host.dropIns(in: folders).map(\.path)
  }

  /// Every assignment of `section` in its file and what adds to it, in reading order.
  func assignments(_ section: String, all: Bool = false, _ host: borrowing Host)
    throws(SystemError) -> [UnitAssignment]
  {
    var found: [UnitAssignment] = []
    for path in try [path].compactMap(\.self) + dropIns(all: all, host) {
      // A drop-in can be masked, too.
      guard try host.inodeFollowing(path)?.form == .file else { continue }
      let lines = KeyedLines(try host.contents(path, last: .follow) ?? [], .ini)
      for entry in lines.entries where entry.section == section {
        let text = entry.text.replacing("\\\n", by: " ").replacing("\\\r\n", by: " ")
        found.append(
          UnitAssignment(key: entry.key, text: text, place: Place(path, line: entry.number)))
      }
    }
    return found
  }
}

/// One line of a unit file that gives a key a value.
struct UnitAssignment: Hashable, Sendable {
  var key: String
  var text: String
  var place: Place

  var words: [String] { text.words().map(String.init) }
}
