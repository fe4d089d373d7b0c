internal import HardenModel
internal import HardenSystem

/// Everything that sets kernel parameters at boot, read once for all resources of a plan.
///
/// First come the files of systemd-sysctl(8) and, as `sysctl --system` reads it last,
/// `/etc/sysctl.conf`; then ufw's file, which ufw loads when it starts.
struct SysctlSources: Sendable {
  /// The readers in the order in which they write.
  var tables: [SysctlTable]
  /// Where the first and the last line of our own file would stand among those of the first reader.
  var ownOrder: (first: Int, last: Int)
  /// Our own file; empty when it does not exist.
  var own: SysctlFile
  /// Whether our own file exists, and can be written to as what it is.
  var ownForm: Inode.Form?
  /// What could not be read, and why.
  var unreadable: [String]

  /// Our own file.
  static let ownPath = "/etc/sysctl.d/99-zz-harden.conf"
  private static let ownName = "99-zz-harden.conf"
  private static let directories = [
    "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
    "/lib/sysctl.d",
  ]

  /// The sources of `host`.
  static func of(_ host: borrowing Host) throws(SystemError) -> SysctlSources {
    try host.once("sysctl sources") { host throws(SystemError) in
      var reader = Reader()
      reader.readAll(host)
      return SysctlSources(
        tables: [SysctlTable(reader.main), SysctlTable(reader.firewall)],
        ownOrder: reader.ownOrder, own: SysctlFile(reader.own),
        ownForm: try host.inode(ownPath)?.form, unreadable: reader.unreadable)
    }
  }

  private struct Reader {
    var main: [SysctlAssignment] = []
    var firewall: [SysctlAssignment] = []
    var own: [UInt8] = []
    var ownOrder = (first: 0, last: 0)
    var unreadable: [String] = []
    private var count = 0

    mutating func readAll(_ host: borrowing Host) {
      var isOwnPassed = false
      for (name, path) in files(host) {
        if !isOwnPassed, !Self.precedes(name, ownName) {
          ownOrder = (count, count + 1)
          isOwnPassed = true
          count += 2
        }
        let content = read(path, host)
        if path == ownPath { own = content ?? [] }
        main += numbered(content, path, host)
        if path == ownPath {
          ownOrder.last = count
          count += 1
        }
      }
      if !isOwnPassed {
        ownOrder = (count, count + 1)
        count += 2
      }
      main += numbered(read("/etc/sysctl.conf", host), "/etc/sysctl.conf", host)
      if let path = firewallPath(host) { firewall = numbered(read(path, host), path, host) }
    }

    /// The files of all directories, the first directory winning for each name, sorted by name.
    private mutating func files(_ host: borrowing Host) -> [(name: String, path: String)] {
      var paths: [String: String] = [:]
      var seen: Set<String> = []
      for directory in directories {
        do throws(SystemError) {
          guard seen.insert(try host.canonical(directory, last: .follow)).inserted else { continue }
          for name in try host.entries(directory) where name.hasSuffix(".conf") && name.first != "."
          {
            if paths[name] == nil { paths[name] = "\(directory)/\(name)" }
          }
        } catch { unreadable.append("\(error)") }
      }
      return paths.map { (name: $0.key, path: $0.value) }.sorted { Self.precedes($0.name, $1.name) }
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// The bytes at `path`; nil where nothing, a directory, a device or a circle of links is, which
    /// masks the name.
    private mutating func read(_ path: String, _ host: borrowing Host) -> [UInt8]? {
      do throws(SystemError) {
        guard try host.inodeFollowing(path)?.form == .file else { return nil }
        return try host.contents(path, last: .follow)
      } catch {
        if !error.isLinkCircle { unreadable.append("\(error)") }
        return nil
      }
    }

    private mutating func numbered(_ content: [UInt8]?, _ path: String, _ host: borrowing Host)
      -> [SysctlAssignment]
    {
      guard let content else { return [] }
      let plain = (try? host.canonical(path, last: .follow)) ?? path
      var assignments = SysctlAssignment.all(in: content, of: plain)
      for index in assignments.indices {
        assignments[index].order = count
        count += 1
      }
      return assignments
    }

    /// The file that ufw loads when it is enabled; nil when there is none.
    private mutating func firewallPath(_ host: borrowing Host) -> String? {
      guard setting("ENABLED", in: "/etc/ufw/ufw.conf", host)?.lowercased() == "yes" else {
        return nil
      }
      let path = setting("IPT_SYSCTL", in: "/etc/default/ufw", host) ?? "/etc/ufw/sysctl.conf"
      return path.first == "/" ? path : nil
    }

    /// The last `name=value` of a file in shell's manner, without quotes.
    private mutating func setting(_ name: String, in path: String, _ host: borrowing Host)
      -> String?
    {
      let text = String(decoding: read(path, host) ?? [], as: UTF8.self)
      let line = text.split(at: "\n").last { $0.hasPrefix("\(name)=") }
      return line.map { line in
        var value = line.dropFirst(name.utf8.count + 1)
        value = value.prefix { $0 != "#" }
        return String(
          value.filter { $0 != "\"" && $0 != "'" && $0 != " " && $0 != "\t" && $0 != "\r" })
      }
    }
  }
}
