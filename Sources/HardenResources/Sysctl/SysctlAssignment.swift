internal import HardenModel

/// One line of a sysctl.d(5) file that says something about a key.
struct SysctlAssignment: Hashable, Sendable {
  /// The key's path below `/proc/sys`, perhaps with patterns.
  var key: String
  /// What it gives; nil where the line only keeps patterns away from the key (`-key`).
  var value: String?
  /// The file, without links on the way, and the line.
  var place: Place
  /// The whole line where it is text and says nothing else, so that it can be commented out.
  var line: String?
  /// Where it stands among all lines of all files.
  var order = 0

  /// Whether the key is a pattern.
  var isPattern: Bool { Glob.isPattern(key) }

  /// The assignments in `content`, which is the file at `path`.
  ///
  /// A line ends at `\n`, `\r` or NUL; what is neither an assignment, an exclusion nor a comment is
  /// ignored, as it is at boot.
  static func all(in content: [UInt8], of path: String) -> [SysctlAssignment] {
    var found: [SysctlAssignment] = []
    let lines = content.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let pieces = line.split { $0 == 0x0D || $0 == 0 }
      for piece in pieces {
        guard var assignment = one(piece) else { continue }
        assignment.place = Place(path, line: index + 1)
        let isWhole = pieces.count == 1 && line.first == piece.first && !line.contains(0)
        assignment.line = isWhole ? String(validating: line, as: UTF8.self) : nil
        found.append(assignment)
      }
    }
    return found
  }

  private static func one(_ bytes: ArraySlice<UInt8>) -> SysctlAssignment? {
    var text = trimmed(bytes)
    guard let first = text.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else {
      return nil
    }
    let isMarked = first == UInt8(ascii: "-")
    if isMarked { text = text.dropFirst() }
    let equals = text.firstIndex(of: UInt8(ascii: "="))
    guard isMarked || equals != nil else { return nil }
    let name = trimmed(text[..<(equals ?? text.endIndex)])
    let key = SysctlKey(name: String(decoding: name, as: UTF8.self)).path
    guard !key.isEmpty else { return nil }
    return SysctlAssignment(
      key: key,
      value: equals.map { String(decoding: trimmed(text[($0 + 1)...]), as: UTF8.self) },
      place: Place(""))
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let start = bytes.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return [] }
    return start[...last]
  }
}
