import Foundation

#if canImport(Testing)
  import Testing

  /// Expected text kept as a file of the repository, so that a change of output is read as a diff.
  package enum Snapshot {
    /// The repository's own directory.
    package static let repository = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Expects `text` to be the content of `Fixtures/<name>`; with `RECORD=1` writes it there.
    package static func check(
      _ text: String, _ name: String, location: SourceLocation = #_sourceLocation
    ) throws {
      try check(text, at: "Fixtures/\(name)", location: location)
    }

    /// Expects `text` to be the content of the file at `path` below the repository; with `RECORD=1`
    /// writes it there.
    package static func check(
      _ text: String, at path: String, location: SourceLocation = #_sourceLocation
    ) throws {
      let file = repository.appending(path: path)
      if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return
      }
      let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? "(no such file)"
      #expect(text == expected, "\(path) differs; RECORD=1 rewrites it", sourceLocation: location)
    }
  }
#endif
