internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// An absolute path whose parts may be patterns, as a shell has them.
struct PathPattern: FieldValue {
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> PathPattern? {
    AbsolutePath.read(node, &reading).map { PathPattern(text: $0.text) }
  }

  static var shape: Shape { .pattern("^/", example: "/etc/profile.d/*.sh") }

  private static let mostFiles = 10_000

  /// The files on `host` that `pattern` stands for, sorted; links to files count, folders do not.
  static func files(_ pattern: String, on host: borrowing Host) throws(SystemError) -> [String] {
    var found = [""]
    for part in pattern.split(at: "/") {
      var next: [String] = []
      for folder in found {
        guard Glob.isPattern(part) else {
          next.append("\(folder)/\(part)")
          continue
        }
        let place = folder.isEmpty ? "/" : folder
        // What is no folder has nothing in it.
        guard try host.inodeFollowing(place)?.form == .directory else { continue }
        for name in try host.entries(place)
        where Glob.matches(name[...], part) {
          next.append("\(folder)/\(name)")
        }
        guard next.count <= mostFiles else {
          throw SystemError(refusing: pattern, "it stands for more than \(mostFiles) files")
        }
      }
      found = next
    }
    var files: [String] = []
    for path in found {
      guard let inode = try host.inodeFollowing(path) else { continue }
      // Without a pattern somebody means this very thing, and hears that it is no file.
      if inode.form == .file || !Glob.isPattern(pattern) { files.append(path) }
    }
    return files
  }
}
