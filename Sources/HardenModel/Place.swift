/// A line of a file on the host, as plans name it.
package struct Place: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Absolute path below the root that harden works on.
  package var path: String
  /// Counted from 1; nil means the file as a whole.
  package var line: Int?

  /// Line `line` of `path`.
  package init(_ path: String, line: Int? = nil) {
    self.path = path
    self.line = line
  }

  package var description: String { line.map { "\(path):\($0)" } ?? path }
}
