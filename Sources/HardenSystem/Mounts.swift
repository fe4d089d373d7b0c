package import HardenModel

/// One line of `/proc/thread-self/mountinfo`: a file system as one place shows it.
package struct MountPoint: Hashable, Sendable {
  /// Where it is mounted.
  package var path: String
  /// The flags of this mount.
  package var flags: Set<MountFlag>
  /// Its number in its namespace; zero on a planned host.
  package var id = 0
  /// `major:minor` of the file system, empty on a planned host.
  package var device = ""
  /// The directory of the file system that is shown.
  package var root = "/"
  /// The type of the file system.
  package var type = ""
  /// What is mounted.
  package var source = ""
  /// The options of the file system itself, which all of its mounts share.
  package var superOptions: [String] = []

  /// A mount of `path` with `flags`.
  package init(path: String, flags: Set<MountFlag>) {
    self.path = path
    self.flags = flags
  }

  /// Reads one line; nil when it is none.
  init?(line: some StringProtocol) {
    let fields = line.split(at: " ", omittingEmptySubsequences: false)
    guard fields.count >= 10, let dash = fields.firstIndex(of: "-"), fields.count > dash + 3 else {
      return nil
    }
    self.init(
      path: FstabFile.unescaped(String(fields[4])),
      flags: MountOptions.flags(MountOptions.words(fields[5])))
    // The kernel prints no word for times that are always kept.
    let words = fields[5].split(at: ",")
    if !words.contains("relatime"), !words.contains("noatime") {
      flags.remove(.relatime)
      flags.insert(.strictatime)
    }
    id = Int(fields[0]) ?? 0
    device = String(fields[2])
    root = FstabFile.unescaped(String(fields[3]))
    type = String(fields[dash + 1])
    source = FstabFile.unescaped(String(fields[dash + 2]))
    superOptions = MountOptions.words(fields[dash + 3])
  }
}

extension Host {
  /// Every mount, in the order in which they were made; none below `--root`.
  package func mounts() throws(SystemError) -> [MountPoint] {
    guard isLive else { return [] }
    return try once("mounts") { host throws(SystemError) in
      let text = try host.text("/proc/thread-self/mountinfo") ?? ""
      return text.split(at: "\n").compactMap { MountPoint(line: $0) }
    }
  }

  /// What is mounted at `path`: the last one where several lie over one another; nil when nothing
  /// is.
  package func mount(_ path: String) throws(SystemError) -> MountPoint? {
    memory.note(.mounts)
    if let planned = planned.mounts[path] { return planned }
    return try mounts().last { $0.path == path }
  }

  /// The mount that shows `path`.
  package func mount(holding path: String) throws(SystemError) -> MountPoint? {
    let all = try mounts()
    var place = path
    while true {
      if let found = all.last(where: { $0.path == place }) { return found }
      guard place != "/", let slash = place.lastIndex(of: "/") else { return nil }
      place = slash == place.startIndex ? "/" : String(place[..<slash])
    }
  }
}
