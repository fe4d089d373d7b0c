/// A stretch of one line of a file that a person wrote.
package struct SourceRange: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The file as the user named it.
  package var file: String
  /// Counted from 1.
  package var line: Int
  /// Counted from 1, in Unicode scalars.
  package var column: Int
  /// How many Unicode scalars are meant; 0 when only the position is known.
  package var length: Int

  /// The stretch of `length` scalars at `line`:`column` of `file`.
  package init(file: String, line: Int, column: Int, length: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }

  package var description: String { "\(file):\(line):\(column)" }
}
