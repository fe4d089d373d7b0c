/// `count` with its noun: `1 change`, `3 changes`.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension StringProtocol {
  /// What follows the last slash that has anything behind it; nothing for the root.
  package var lastComponent: String { split { $0 == "/" }.last.map { String($0) } ?? "" }
}
