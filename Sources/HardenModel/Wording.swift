/// `count` with its noun: `1 change`, `3 changes`.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension String {
  /// What follows the last slash that has anything behind it; nothing for the root.
  package var lastComponent: String {
    guard let end = utf8.lastIndex(where: { $0 != 0x2F }) else { return "" }
    let start = utf8[...end].lastIndex(of: 0x2F).map { utf8.index(after: $0) } ?? startIndex
    return String(self[start...end])
  }
}
