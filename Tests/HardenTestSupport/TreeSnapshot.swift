import CHarden
import Foundation

/// Everything that can be seen of a tree: for each path its kind, content, owner, mode, extended
/// attributes, flags, target, number of names, and for files the time of the last change.
package struct TreeSnapshot: Equatable {
  /// One line a path, by path.
  package let lines: [String: String]

  /// Looks at the tree below `root`, leaving out paths that begin with one of `except`.
  package init(_ root: String, except: [String] = []) {
    var lines: [String: String] = [:]
    var pending = [""]
    while let name = pending.popLast() {
      if except.contains(where: { name == $0 || name.hasPrefix($0 + "/") }) { continue }
      let path = root + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      lines[name] = Self.line(path, status)
      if status.st_mode & S_IFMT == S_IFDIR {
        for child in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
          pending.append("\(name)/\(child)")
        }
      }
    }
    self.lines = lines
  }

  private static func line(_ path: String, _ status: stat) -> String {
    var parts = [
      String(status.st_mode, radix: 8), "\(status.st_uid):\(status.st_gid)",
      attributes(path, status),
    ]
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      let content = FileManager.default.contents(atPath: path) ?? Data()
      parts.append("\(content.count) bytes \(content.base64EncodedString().hashValue)")
      parts.append(
        "mtime \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) links \(status.st_nlink)")
    case S_IFLNK:
      parts.append((try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? "?")
    default: break
    }
    return parts.joined(separator: " ")
  }

  private static func attributes(_ path: String, _ status: stat) -> String {
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return "" }
    let file = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
    guard file >= 0 else { return "unreadable" }
    defer { close(file) }
    var names = [CChar](repeating: 0, count: 65536)
    let size = charden_listxattr(file, &names, names.count)
    var parts: [String] = []
    for name in names.prefix(max(0, size)).split(separator: 0) {
      let text = String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      var value = [UInt8](repeating: 0, count: 65536)
      let length = charden_getxattr(file, text, &value, value.count)
      parts.append("\(text)=\(Data(value.prefix(max(0, length))).base64EncodedString())")
    }
    var flags: UInt32 = 0
    if charden_getflags(file, &flags) == 0 { parts.append("flags=\(String(flags, radix: 16))") }
    return parts.sorted().joined(separator: ",")
  }

  /// What differs from `other`, one line a path; empty when the trees are the same.
  ///
  /// With `timeless`, the times of files may differ.
  package func differences(from other: TreeSnapshot, timeless: Bool = false) -> [String] {
    let view = { (line: String?) in
      timeless ? line?.replacing(/mtime [0-9.]+/, with: "") : line
    }
    return Set(lines.keys).union(other.lines.keys).sorted().compactMap { name in
      view(lines[name]) == view(other.lines[name])
        ? nil : "\(name): \(other.lines[name] ?? "absent") -> \(lines[name] ?? "absent")"
    }
  }
}
