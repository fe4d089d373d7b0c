internal import HardenModel
internal import HardenSystem

/// Paths as the user typed them, made absolute before harden leaves the working directory.
enum Paths {
  /// `path` from the root, without `.`, `..` and doubled or trailing slashes.
  static func absolute(_ path: String) throws -> String { UserPath.plain(try typed(path)) }

  /// `path` from the root and otherwise as it was typed, so that every link on the way can be seen.
  static func typed(_ path: String) throws -> String {
    if path.hasPrefix("/") { return path }
    guard let directory = CurrentProcess.workingDirectory else {
      throw CommandFailure(
        .usage, "'\(path)' is relative, and the working directory is gone",
        help: "name it from the root")
    }
    return directory + "/" + path
  }

  /// `words` as one line for a shell, quoted where they need it.
  static func commandLine(_ words: [String]) -> String {
    words.map { word in
      let isPlain = word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "-_./=:,@%+".unicodeScalars.contains($0)
      }
      return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", by: "'\\''") + "'"
    }.joined(separator: " ")
  }
}
