internal import HardenModel
internal import HardenSystem

/// Whether the next boot starts a unit, by its files and links, as `systemctl is-enabled` tells.
struct UnitEnablement: Sendable {
  /// The answer.
  enum State: String, Sendable {
    /// Links of the administrator start it, or give it another name.
    case enabled
    /// Such links, but only until the next boot.
    case enabledRuntime = "enabled-runtime"
    /// It could be enabled.
    case disabled
    /// It has no `[Install]` section: other units start it, or nothing does.
    case `static`
    /// Only other units are enabled along with it, or it goes by another name or instance.
    case indirect
    /// A program writes it at each boot.
    case generated
    /// It was made for now only.
    case transient
    /// It is another name of a unit.
    case alias
  }

  let file: UnitFile
  let install: UnitInstall
  private(set) var state = State.static
  /// The link or file that says so.
  private(set) var place: String?
  private let links: [UnitLink]

  /// Asks the files of `host` for `name`.
  init(_ name: UnitName, _ host: borrowing Host) throws(SystemError) {
    file = try UnitFile(name, host)
    install = try UnitInstall(file, host)
    links = try UnitLink.all(below: UnitFile.folder, host)
    place = file.path
    guard file.other == nil || name.instance?.isEmpty == false else {
      state = .alias
      return
    }
    if let maker = file.maker.flatMap(State.init) {
      state = maker
      return
    }
    let known = knownNames
    let own = links.filter { $0.belongs(to: name) }
    let now = try UnitLink.all(below: "/run/systemd/system", host).filter { $0.belongs(to: name) }
    if let link = own.first(where: { known.contains($0.name) }) {
      (state, place) = (.enabled, link.path)
    } else if let link = now.first(where: { known.contains($0.name) }) {
      (state, place) = (.enabledRuntime, link.path)
    } else if let link = own.first {
      (state, place) = (.indirect, link.path)
    } else if install.hasLinks {
      state = .disabled
    } else if !install.also.isEmpty {
      state = .indirect
    }
  }

  private var name: UnitName { file.name }

  /// The names that a link for it can have.
  private var knownNames: Set<String> {
    let instance = install.defaultInstance.flatMap { name.instantiated($0) }
    // systemctl takes aliases as they are written, and so calls those with a percent sign indirect.
    return Set([name.text] + install.aliases + [instance?.text].compactMap(\.self))
  }

  /// What the next boot makes of it, in a word.
  var text: String { isMasked ? "masked" : state.rawValue }

  /// Whether a mask lasts beyond this boot.
  var isMasked: Bool { file.mask.map { !$0.hasPrefix("/run/") } ?? false }

  /// Whether the links of its `[Install]` section are there, be they its own or what is enabled along.
  func isEnabled(_ host: borrowing Host) throws(SystemError) -> Bool {
    guard state != .enabled else { return true }
    guard state == .indirect, case .steps(let left) = try enabling(host) else { return false }
    return left.isEmpty
  }

  /// A link of a package, or of a generator, that starts it whatever the administrator's links say.
  func starter(_ host: borrowing Host) throws(SystemError) -> String? {
    for folder in UnitFile.folders where folder != UnitFile.folder {
      for link in try UnitLink.all(below: folder, host) where link.isNeed && link.name == name.text
      {
        return link.path
      }
    }
    return nil
  }

  // MARK: Links

  /// A change of links, or why there cannot be one.
  enum Links {
    case steps([WriteFile])
    case refused(String)
  }

  /// Takes away every link that enables it and what is enabled along.
  func disabling(_ host: borrowing Host) throws(SystemError) -> [WriteFile] {
    let units = try along(host).map(\.name) + [name]
    return links.filter { link in units.contains { link.belongs(to: $0) } }.map {
      WriteFile(path: $0.path, before: FileState(.link($0.target)), after: .absent)
    }
  }

  /// Makes the links that its `[Install]` section asks for, and those of what is enabled along.
  func enabling(_ host: borrowing Host) throws(SystemError) -> Links {
    var steps: [WriteFile] = []
    for unit in try [self] + along(host) {
      guard let wanted = unit.wanted else {
        return .refused(
          "\(unit.file.path ?? unit.name.text) names links in [Install] that harden cannot make; "
            + "use systemctl enable")
      }
      for (path, target) in wanted where !steps.contains(where: { $0.path == path }) {
        if let found = try host.linkTarget(path) {
          let leads = found.lastComponent == target.lastComponent
          guard leads || !Self.isName(path) else {
            return .refused("\(path) leads to \(found) already")
          }
          continue
        }
        guard try host.inode(path) == nil else {
          return .refused("\(path) exists already and is no link")
        }
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        if try host.inode(folder) == nil, !steps.contains(where: { $0.path == folder }) {
          steps.append(Self.directory(folder))
        }
        steps.append(
          WriteFile(path: path, before: .absent, after: FileState(.link(target))))
      }
    }
    return .steps(steps)
  }

  /// Whether `path` is a name beside the unit files, not a need below a directory.
  private static func isName(_ path: String) -> Bool {
    !path.dropFirst(UnitFile.folder.count + 1).contains("/")
  }

  /// The links with what they say; nil where the section asks for what is not known here.
  private var wanted: [(path: String, target: String)]? {
    guard let target = file.path.map(linkTarget) else { return [] }
    guard let unit = name.isTemplate ? install.defaultInstance.flatMap(name.instantiated) : name
    else { return install.hasLinks ? nil : [] }
    var links: [(String, String)] = []
    for alias in install.aliases {
      guard let text = unit.expand(alias), let other = UnitName(text), other.type == name.type,
        (other.instance == nil) == (name.instance == nil)
      else { return nil }
      if other != name { links.append(("\(UnitFile.folder)/\(text)", target)) }
    }
    for need in install.needs {
      guard let text = unit.expand(need.unit), let other = UnitName(text), !other.isTemplate else {
        return nil
      }
      links.append(("\(UnitFile.folder)/\(text).\(need.folder)/\(unit.text)", target))
    }
    return links
  }

  /// The path as the host's systemd writes it into links: where /lib is a link, older ones say /lib.
  private func linkTarget(_ path: String) -> String {
    let isOld = links.contains { $0.target.hasPrefix("/lib/systemd/system/") }
    return isOld && path.hasPrefix("/usr/lib/systemd/") ? String(path.dropFirst(4)) : path
  }

  /// Units that are enabled and disabled along with it, as far as they exist.
  private func along(_ host: borrowing Host) throws(SystemError) -> [UnitEnablement] {
    var found: [UnitEnablement] = []
    var left = install.also.compactMap(name.expand)
    while let text = left.popLast() {
      guard let unit = UnitName(text), unit != name,
        !found.contains(where: { $0.name == unit })
      else { continue }
      let one = try UnitEnablement(unit, host)
      guard one.file.path != nil, one.state != .alias else { continue }
      found.append(one)
      left += one.install.also.compactMap(unit.expand)
    }
    return found
  }

  /// A directory of the administrator's unit files, to be made.
  static func directory(_ path: String) -> WriteFile {
    WriteFile(
      path: path, before: .absent,
      after: FileState(.directory, .ofRoot(Mode(0o755))))
  }
}
