internal import HardenModel
internal import HardenSystem

/// What would break by flags that a mount does not have yet.
struct MountRisks {
  /// One sentence for each, with what was found.
  private(set) var sentences: [String] = []
  /// What was not looked at.
  private(set) var notes: [String] = []
  private let path: String

  /// Looks for what `mount` would break; `live` is what is mounted, or what holds the directory.
  ///
  /// Of what lies below it, `most` files are looked at.
  init(_ mount: Mount, _ live: MountPoint?, _ host: borrowing Host, most: Int = 50_000)
    throws(SystemError)
  {
    path = mount.path
    guard let live else { return }
    let new = mount.applied(to: live.flags).subtracting(live.flags)
    if new.contains(.noexec) { try findPrograms(live, host) }
    if new.contains(.readOnly) { findWriters(live, host) }
    try findContainers(new, live, host)
    if new.contains(.nosuid) || new.contains(.nodev) {
      // What everybody needs is asked for by name, however many files the walk leaves out.
      let needed =
        new.contains(.nosuid)
        ? try ProtectedPrograms.installed(on: live, host).filter { isBelow($0.path) } : []
      sentences += needed.map { "nosuid takes the rights of \($0.path): \($0.use)" }
      let (privileged, devices, isWhole) = try Self.walk(path, host, most)
      if !isWhole {
        notes.append(
          "more than \(most) files are below \(path): not all were looked at for set-id bits, capabilities and devices"
        )
      }
      if new.contains(.nosuid) {
        add(
          "nosuid", "takes the rights of",
          privileged.filter { path in !needed.contains { $0.path == path } }
            .map { "\($0), with set-id bits or capabilities" })
      }
      if new.contains(.nodev) {
        add("nodev", "makes useless", devices.map { "the device file \($0)" })
      }
    }
  }

  private mutating func add(_ flag: String, _ verb: String, _ things: [String]) {
    guard let first = things.first else { return }
    let rest = things.count > 1 ? " and \(things.count - 1) more" : ""
    sentences.append("\(flag) \(verb) \(first)\(rest)")
  }

  private func isBelow(_ file: String) -> Bool {
    path == "/" || file == path || file.hasPrefix(path + "/")
  }

  private static let systemPaths = ["/", "/usr", "/var", "/opt", "/home"]

  private mutating func findPrograms(_ mount: MountPoint, _ host: borrowing Host)
    throws(SystemError)
  {
    if Self.systemPaths.contains(path) {
      sentences.append(
        "noexec on \(path) stops what is installed there, scripts of package upgrades included")
    } else {
      sentences += try PackageScripts.risks(path, host)
    }
    if let own = host.ownProgram, isBelow(own) {
      sentences.append("noexec stops harden itself, which is \(own): it could not undo this")
    }
    var running: [String] = []
    for process in host.processes() {
      guard let file = host.executables(of: process, on: mount).filter(isBelow).min() else {
        continue
      }
      running.append("\(process), which runs \(file)")
    }
    add("noexec", "would have stopped", running)
    add(
      "noexec", "stops",
      try StartedPrograms.of(host).compactMap { starter in
        starter.programs.first(where: isBelow).map { "\(starter.name), which starts \($0)" }
      })
  }

  private mutating func findWriters(_ mount: MountPoint, _ host: borrowing Host) {
    var writers: [String] = []
    for process in host.processes() {
      guard let file = host.filesWritten(by: process, on: mount).filter(isBelow).min() else {
        continue
      }
      writers.append("\(process), which has \(file) open for writing")
    }
    add("ro", "is refused by the kernel because of", writers)
  }

  /// What is bound into a container has the flags of its directory from the container's next start on.
  ///
  /// What nosuid and nodev would make useless there is found by its files.
  private mutating func findContainers(
    _ new: Set<MountFlag>, _ mount: MountPoint, _ host: borrowing Host
  ) throws(SystemError) {
    let volumes = try ContainerVolumes.of(host).below(path, on: mount, host)
    guard let text = ContainerVolumes.text(volumes) else { return }
    let strict = new.intersection([.noexec, .readOnly])
    if !strict.isEmpty {
      sentences.append(
        "\(strict.sorted().text) reaches \(text), from the next start of its container on")
    } else if !new.isDisjoint(with: [.nosuid, .nodev]) {
      notes.append("the new flags reach \(text), from the next start of its container on")
    }
  }

  /// Files with rights of their own and device files on the mount, and whether all were looked at.
  private static func walk(_ top: String, _ host: borrowing Host, _ most: Int)
    throws(SystemError) -> (privileged: [String], devices: [String], isWhole: Bool)
  {
    var (privileged, devices): ([String], [String]) = ([], [])
    guard let mount = try host.inode(top)?.mount else { return ([], [], true) }
    var waiting = [top]
    var count = 0
    while let folder = waiting.popLast() {
      guard let names = try? host.entries(folder) else { continue }
      for name in names {
        count += 1
        guard count <= most else { return (privileged.sorted(), devices.sorted(), false) }
        let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
        guard let inode = (try? host.inode(path)).flatMap({ $0 }), inode.mount == mount else {
          continue
        }
        switch inode.form {
        case .directory: waiting.append(path)
        case .file:
          if try ProtectedPrograms.hasRights(inode, path, host) { privileged.append(path) }
        case .special(let name) where name.hasSuffix("device"): devices.append(path)
        default: break
        }
      }
    }
    return (privileged.sorted(), devices.sorted(), true)
  }
}
