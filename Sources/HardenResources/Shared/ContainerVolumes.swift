internal import HardenModel
internal import HardenSystem

/// Directories of this host that containers have as their own: volumes and bind mounts.
struct ContainerVolumes {
  /// One of them.
  struct Volume: Hashable {
    /// The directory as the host sees it.
    var path: String
    /// Whose it is, and how that is known.
    var user: String
  }

  /// All that are known, sorted by path; one for each directory.
  let all: [Volume]

  /// Those of `host`, looked for once.
  static func of(_ host: borrowing Host) throws(SystemError) -> ContainerVolumes {
    try host.once("volumes of containers") { host throws(SystemError) in
      let found =
        try running(host) + docker(host) + named(host) + units(host)
      let first = Dictionary(found.map { ($0.path, $0) }) { first, _ in first }
      return ContainerVolumes(all: first.values.sorted { $0.path < $1.path })
    }
  }

  /// Those at or below `top` that `mount` shows, or any mount where it is nil.
  func below(_ top: String, on mount: MountPoint?, _ host: borrowing Host) throws(SystemError)
    -> [Volume]
  {
    var found: [Volume] = []
    for volume in all where volume.path == top || top == "/" || volume.path.hasPrefix("\(top)/") {
      if let mount, try host.mount(holding: volume.path)?.path != mount.path { continue }
      found.append(volume)
    }
    return found
  }

  /// `volumes` in the words of a sentence; nil where there are none.
  static func text(_ volumes: [Volume]) -> String? {
    guard let first = volumes.first else { return nil }
    let more = volumes.count > 1 ? " and \(volumes.count - 1) more" : ""
    return "\(first.path), \(first.user)\(more)"
  }

  // MARK: Where they are known from

  /// What processes with a root file system of their own see of ours.
  private static func running(_ host: borrowing Host) throws(SystemError) -> [Volume] {
    let ours = try host.mounts()
    guard let root = ours.last(where: { $0.path == "/" }) else { return [] }
    let own = host.ownMountNamespace
    var seen: Set<String> = []
    var found: [Volume] = []
    for (process, space) in try host.mountNamespaces() where space != own {
      let theirs = host.mounts(seenBy: process)
      guard let top = theirs.last(where: { $0.path == "/" }),
        top.device != root.device || top.root != root.root,
        seen.insert("\(top.device) \(top.root)").inserted
      else { continue }
      for mount in theirs where mount.path != "/" {
        for own in ours where own.device == mount.device {
          guard let rest = below(own.root, mount.root) else { continue }
          let path = own.path == "/" ? rest : rest == "/" ? own.path : own.path + rest
          guard path != "/", try host.mount(holding: path)?.id == own.id,
            (try? host.inode(path))??.form == .directory
          else { continue }
          found.append(
            Volume(path: path, user: "which \(process) has as \(mount.path) in a container"))
        }
      }
    }
    return found
  }

  /// The part of `path` below `top`, beginning with a slash; nil where it is not below.
  private static func below(_ top: String, _ path: String) -> String? {
    if top == "/" { return path }
    if path == top { return "/" }
    return path.hasPrefix("\(top)/") ? String(path.dropFirst(top.utf8.count)) : nil
  }

  /// What docker keeps of its containers, those that do not run included.
  private static func docker(_ host: borrowing Host) throws(SystemError) -> [Volume] {
    let daemon = JSONFile(try host.contents(DockerParameters.file, last: .follow) ?? [])
    let top = daemon.text(of: "data-root").map { $0.filter { $0 != "\"" } } ?? "/var/lib/docker"
    var found: [Volume] = []
    for id in ((try? host.entries("\(top)/containers")) ?? []).prefix(most) {
      let path = "\(top)/containers/\(id)/config.v2.json"
      guard let content = (try? host.contents(path)).flatMap({ $0 }) else { continue }
      let file = JSONFile(content)
      let name = file.text(of: "Name").map { $0.filter { $0 != "\"" && $0 != "/" } } ?? id
      let mounts = file.text(of: "MountPoints") ?? ""
      for part in mounts.split(separator: "\"Source\":\"").dropFirst() where part.first == "/" {
        let source = String(part.prefix { $0 != "\"" })
        found.append(Volume(path: source, user: "which docker's container \(name) has (\(path))"))
      }
    }
    return found
  }

  private static let most = 1000

  /// Volumes that have a directory of their own.
  private static func named(_ host: borrowing Host) throws(SystemError) -> [Volume] {
    var found: [Volume] = []
    for (top, who) in [
      ("/var/lib/docker/volumes", "docker"), ("/var/lib/containers/storage/volumes", "podman"),
    ] {
      for name in ((try? host.entries(top)) ?? []).prefix(most) {
        let path = "\(top)/\(name)/_data"
        guard (try? host.inode(path))??.form == .directory else { continue }
        found.append(Volume(path: path, user: "a volume of \(who)"))
      }
    }
    for pod in ((try? host.entries("/var/lib/kubelet/pods")) ?? []).prefix(most) {
      let path = "/var/lib/kubelet/pods/\(pod)/volumes"
      guard (try? host.inode(path))??.form == .directory else { continue }
      found.append(Volume(path: path, user: "volumes of a pod"))
    }
    return found
  }

  /// Files from which systemd starts containers: `Volume=` of podman's, `Bind=` of systemd-nspawn's.
  private static func units(_ host: borrowing Host) throws(SystemError) -> [Volume] {
    var found: [Volume] = []
    for (folder, ending, key) in [
      ("/etc/containers/systemd", ".container", "Volume"),
      ("/usr/share/containers/systemd", ".container", "Volume"),
      ("/etc/systemd/nspawn", ".nspawn", "Bind"),
    ] {
      for name in (try? host.entries(folder)) ?? [] where name.hasSuffix(ending) {
        let path = "\(folder)/\(name)"
        let lines = KeyedLines((try? host.contents(path)).flatMap { $0 } ?? [], .ini)
        for line in lines.entries where line.key == key {
          let source = line.text.prefix { $0 != ":" }
          guard source.first == "/" else { continue }
          found.append(
            Volume(
              path: String(source),
              user: "which \(name) gives its container (\(Place(path, line: line.number)))"))
        }
      }
    }
    return found
  }
}
