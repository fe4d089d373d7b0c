/// A value as it stands in a playbook, with its place and without a guess at its type.
package struct Node: Hashable, Sendable {
  /// What the node holds.
  package enum Content: Hashable, Sendable {
    /// Text; `quoted` tells `"2"` and `|` blocks from a plain `2`.
    case scalar(String, quoted: Bool)
    /// Nodes in order.
    case sequence([Node])
    /// Keys and values in the order written; keys are unique.
    case mapping([Entry])
  }

  /// One key of a mapping with its value.
  package struct Entry: Hashable, Sendable {
    /// The key's text.
    package var key: String
    /// Where the key stands.
    package var keyRange: SourceRange
    /// The value.
    package var value: Node

    /// The entry `key: value`.
    package init(key: String, keyRange: SourceRange, value: Node) {
      self.key = key
      self.keyRange = keyRange
      self.value = value
    }
  }

  /// What the node holds.
  package var content: Content
  /// Where it stands; a collection's range is that of its first character.
  package var range: SourceRange

  /// A node holding `content` at `range`.
  package init(_ content: Content, at range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// The text of a scalar, nil for collections.
  package var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The nodes of a sequence, nil otherwise.
  package var items: [Node]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// The entries of a mapping, nil otherwise.
  package var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value of `key` in a mapping.
  package subscript(key: String) -> Node? {
    entries?.first { $0.key == key }?.value
  }

  /// How a message names the node's shape: `text`, `a list` or `a mapping`.
  package var shape: String {
    switch content {
    case .scalar: "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
