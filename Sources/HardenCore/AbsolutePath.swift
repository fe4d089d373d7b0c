package import HardenModel

/// A path from the root, without `.` or `..`, doubled or trailing slashes.
package struct AbsolutePath: Hashable, Sendable, FieldValue {
  /// The path's text.
  package let text: String

  /// Checks `text`; nil when it is not an absolute, plain path.
  package init?(_ text: String) {
    guard text.first == "/", !text.utf8.contains(0), text.utf8.count < 4096 else { return nil }
    let parts = text.dropFirst().split(at: "/", omittingEmptySubsequences: false)
    guard text == "/" || parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      return nil
    }
    self.text = text
  }

  package static func read(_ node: Node, _ reading: inout Reading) -> AbsolutePath? {
    reading.parsed(
      node, expected: "an absolute path", form: "a plain absolute path",
      help: "start with / and leave out . and .., doubled and trailing slashes"
    ) { AbsolutePath($0) }
  }
  package static var shape: Shape { .pattern("^/", example: "/etc/example.conf") }
}
