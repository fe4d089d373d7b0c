package import HardenCore
internal import HardenModel
package import HardenSystem

extension File: FindableByPath {
  /// The largest content that is asked for along, in bytes.
  private static let mostContent: UInt64 = 4096

  /// Regular files alone, and not what links lead to.
  package static var form: Inode.Form { .file }

  package static func found(
    at path: String, _ inode: Inode, isNamed: Bool, on host: borrowing Host
  ) throws(SystemError) -> [Found] {
    var fields = FoundPaths.fields(path, inode, try host.accounts())
    // Who names a file wants to know all of it; who names many has not asked for their texts.
    if isNamed, let content = try content(of: path, inode, host) {
      fields.append(FoundField("content", .text(content)))
    }
    return [Found(path, fields)]
  }

  /// What the file holds, where that is short text that everybody may read anyway.
  private static func content(
    of path: String, _ inode: Inode, _ host: borrowing Host
  ) throws(SystemError) -> String? {
    guard inode.mode.bits & 0o004 != 0, inode.size <= mostContent,
      let bytes = try host.contents(path), bytes.count <= mostContent,
      let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy(isVisible)
    else { return nil }
    return text
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar == "\n" || scalar == "\t"
    case .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
    default: scalar != "\u{FFFD}"
    }
  }
}
