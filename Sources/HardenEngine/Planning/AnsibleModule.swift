internal import HardenModel
internal import HardenSystem

/// A module that ansible runs on this host at the moment.
///
/// It copies a module to `.ansible/tmp/ansible-tmp-…` below the home of who logs in and has python
/// run it from there, or hands it to python, which then unpacks it to `/tmp/ansible_…_payload_…`.
/// What is left behind by a run that was cut off has no process and is not spoken of, nor what is not
/// root's and so changes no host.
enum AnsibleModule {
  /// How long after its start python unpacks a module, in seconds.
  private static let delay: Int64 = 30

  /// The process and what it runs; nil when there is none besides `ancestors`, of which one may be
  /// the module that has started harden.
  static func running(on host: borrowing Host, except ancestors: [ProcessName])
    throws(SystemError) -> String?
  {
    let copied = try copies(host)
    let unpacked = ((try? host.entries("/tmp")) ?? []).filter {
      $0.hasPrefix("ansible_") && $0.contains("_payload_")
    }.map { "/tmp/\($0)" }
    guard !copied.isEmpty || !unpacked.isEmpty else { return nil }

    // A module may be several processes, and those of who runs harden are not somebody else.
    let own = Set(ancestors.compactMap { copy(of: $0, among: copied, host)?.folder })
    let ownUnpacked = Set(ancestors.compactMap { payload(of: $0, among: unpacked, host) })
    for process in host.processes(of: 0) where process.name.contains("python") {
      if let copy = copy(of: process, among: copied, host), !own.contains(copy.folder) {
        return "\(process) runs \(copy.file) for ansible"
      }
      if let folder = payload(of: process, among: unpacked, host), !ownUnpacked.contains(folder) {
        return "\(process) runs the module of ansible that is unpacked in \(folder)"
      }
    }
    return nil
  }

  /// Directories that modules were copied to.
  private static func copies(_ host: borrowing Host) throws(SystemError) -> [String] {
    // Looking below these would mount the homes of people who are not here.
    let away = try host.mounts().filter { $0.type == "autofs" }.map { $0.path + "/" }
    var homes = ["/root"]
    for row in (try host.text("/etc/passwd") ?? "").split(at: "\n") {
      let fields = row.split(at: ":", omittingEmptySubsequences: false)
      guard fields.count > 5, fields[5].first == "/" else { continue }
      let home = String(fields[5])
      if !homes.contains(home), !away.contains(where: home.hasPrefix) { homes.append(home) }
    }
    var found: [String] = []
    for folder in homes.map({ "\($0)/.ansible/tmp" }) + ["/tmp", "/var/tmp"] {
      for name in (try? host.entries(folder)) ?? [] where name.hasPrefix("ansible-tmp-") {
        found.append("\(folder)/\(name)")
      }
    }
    return found
  }

  /// The one of `folders` from which `process` runs, and the file there.
  private static func copy(of process: ProcessName, among folders: [String], _ host: borrowing Host)
    -> (folder: String, file: String)?
  {
    guard !folders.isEmpty else { return nil }
    for word in host.arguments(of: process) {
      if let folder = folders.first(where: { word.hasPrefix("\($0)/") }) { return (folder, word) }
    }
    return nil
  }

  /// The one of `folders` that belongs to `process`: of the same user, and made soon after it began.
  private static func payload(
    of process: ProcessName, among folders: [String], _ host: borrowing Host
  ) -> String? {
    guard !folders.isEmpty else { return nil }
    // Python that gets a module by its input has no word that names a file; what has ended has none.
    let words = host.arguments(of: process)
    guard !words.isEmpty, words.dropFirst().allSatisfy({ $0.first == "-" }),
      let start = host.start(of: process),
      let owner = (try? host.inode("/proc/\(process.pid)")).flatMap({ $0 })?.owner
    else { return nil }
    return folders.first { folder in
      guard let inode = (try? host.inode(folder)).flatMap({ $0 }), inode.form == .directory else {
        return false
      }
      return inode.owner == owner && (start - 1...start + delay).contains(inode.modified.seconds)
    }
  }
}
