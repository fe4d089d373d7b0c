internal import HardenModel
internal import HardenSystem

/// The modules of the kernels that are installed, by the indexes that depmod makes of them.
struct InstalledModules {
  /// Those that can be loaded, with underscores.
  private(set) var loadable: Set<String> = []
  /// Those that a kernel has built in.
  private(set) var builtIn: Set<String> = []
  /// Whether there is any kernel to speak of.
  var isEmpty: Bool { loadable.isEmpty && builtIn.isEmpty }

  /// Those of `host`, read once.
  static func of(_ host: borrowing Host) throws(SystemError) -> InstalledModules {
    try host.once("installed modules") { host throws(SystemError) in
      var found = InstalledModules()
      for release in try host.entries("/lib/modules") {
        let index = { (name: String, host: borrowing Host) throws(SystemError) in
          try host.contents("/lib/modules/\(release)/\(name)", limit: 16 << 20, last: .follow) ?? []
        }
        for line in try index("modules.dep", host).split(separator: 0x0A) {
          found.loadable.insert(name(of: line.prefix { $0 != 0x3A }))
        }
        for line in try index("modules.builtin", host).split(separator: 0x0A) {
          found.builtIn.insert(name(of: line))
        }
      }
      return found
    }
  }

  /// The module in the file at `path`: its name without `.ko` and what follows.
  private static func name(of path: some BidirectionalCollection<UInt8>) -> String {
    let name = path.reversed().prefix { $0 != 0x2F }.reversed().prefix { $0 != 0x2E }
    return String(decoding: name.map { $0 == 0x2D ? 0x5F : $0 }, as: UTF8.self)
  }

  /// The module that brings the file system `type`.
  static func module(of type: String) -> String {
    switch type {
    case "nfs4": "nfs"
    case "smb3": "cifs"
    case "ext2", "ext3": "ext4"
    default: type.replacing("-", by: "_")
    }
  }

  // MARK: What is loaded early

  /// Modules that a boot loads before it sets kernel parameters, as modules-load.d(5) names them.
  static func early(on host: borrowing Host) throws(SystemError) -> Set<String> {
    let folders = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"]
    let files = try host.dropIns(in: folders.map { "\($0)/modules-load.d" })
    var found: Set<String> = []
    for path in files.map(\.path) + ["/etc/modules"] {
      for line in (try host.text(path) ?? "").split(at: "\n") {
        let word = line.words().first ?? ""
        guard let first = word.first, first != "#", first != ";" else { continue }
        found.insert(String(word.replacing("-", by: "_")))
      }
    }
    return found
  }
}
