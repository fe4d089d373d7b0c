import Foundation
import HardenTestSupport

/// The repository's files as the checks see them.
enum SourceTree {
  /// One file: its path below the repository and its lines.
  struct File: CustomStringConvertible {
    var path: String
    var lines: [String]
    var description: String { path }

    /// The second component: the target.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// Lines without comments, each with its number.
    var code: [(number: Int, text: String)] {
      zip(1..., lines).compactMap { number, line in
        let text = line.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("//") { return nil }
        return (number, text.components(separatedBy: " // ")[0])
      }
    }
  }

  /// Every file below `folder` whose name ends in `suffix`, sorted.
  static func files(_ folder: String, _ suffix: String = ".swift") -> [File] {
    paths(folder).filter { $0.hasSuffix(suffix) }.map { path in
      let text =
        (try? String(contentsOf: Snapshot.repository.appending(path: path), encoding: .utf8))
      return File(path: path, lines: text?.components(separatedBy: "\n") ?? [])
    }
  }

  /// Every path below `folder`, sorted; directories are left out.
  static func paths(_ folder: String) -> [String] {
    let root = Snapshot.repository.appending(path: folder).path()
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return names.map { "\(folder)/\($0)" }.filter {
      var isDirectory: ObjCBool = false
      let path = Snapshot.repository.appending(path: $0).path()
      return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        && !isDirectory.boolValue
    }.sorted()
  }

  /// The names directly in `folder`, sorted.
  static func names(_ folder: String) -> [String] {
    let path = Snapshot.repository.appending(path: folder).path()
    return (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
  }
}
