internal import HardenModel
internal import HardenSystem

/// A file within the tree of a playbook, or a file that the user named.
struct SourcePlace {
  /// The directory that includes never leave; nil when the user named the file.
  private var tree: String?
  /// Relative to the tree, without `.` and `..`.
  private var path: String

  /// The file that the user named `path`.
  init(named path: String) {
    self.path = path
  }

  private init(tree: String, path: String) {
    self.tree = tree
    self.path = path
  }

  /// `name` in the library directory `library`; nil when it is no name.
  init?(library: String, name: Substring) {
    let letters = name.utf8.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D
        || $0 == 0x5F
    }
    guard letters, !name.isEmpty else { return nil }
    self.init(tree: library, path: "\(name).yaml")
  }

  /// How positions name it.
  var name: String {
    guard let tree, !tree.isEmpty else { return path }
    return tree.hasSuffix("/") ? tree + path : "\(tree)/\(path)"
  }

  /// Its first character.
  var start: SourceRange { SourceRange(file: name, line: 1, column: 1) }

  /// The file at `relative`, seen from this one's folder; nil when that lies outside the tree.
  func beside(_ relative: String) -> SourcePlace? {
    guard !relative.isEmpty, !relative.hasPrefix("/"), !relative.utf8.contains(0) else {
      return nil
    }
    var folder: [Substring] = []
    let tree: String
    if let known = self.tree {
      tree = known
      folder = path.split(at: "/").dropLast()
    } else if let slash = path.lastIndex(of: "/") {
      tree = slash == path.startIndex ? "/" : String(path[..<slash])
    } else {
      tree = ""
    }
    for part in relative.split(at: "/") where part != "." {
      if part != ".." {
        folder.append(part)
      } else if folder.popLast() == nil {
        return nil
      }
    }
    return folder.isEmpty
      ? nil : SourcePlace(tree: tree, path: folder.joined(separator: "/"))
  }

  /// Its bytes, at most `limit`.
  func read(limit: Int) throws(SystemError) -> [UInt8] {
    if let tree { return try UserFile.read(path, below: tree, limit: limit) }
    return try UserFile.read(path, limit: limit)
  }
}
