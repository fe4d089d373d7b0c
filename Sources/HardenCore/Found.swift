/// Something of a kind that a host has, as a playbook asks for it.
package struct Found: Hashable, Sendable {
  /// What its kind calls it.
  package var name: String
  /// The fields of its entry, in order.
  package var fields: [FoundField]
  /// What it adds to a mapping that all of its kind with equal fields share; nil for an entry of
  /// its own.
  package var member: Member?
  /// Why it cannot be asked for; nil where it can.
  package var obstacle: String?

  /// One pair of a mapping such as `set:`.
  package struct Member: Hashable, Sendable {
    /// The key of the mapping.
    package var mapping: String
    /// The pair.
    package var field: FoundField

    /// `field` of `mapping`.
    package init(of mapping: String, _ field: FoundField) {
      self.mapping = mapping
      self.field = field
    }
  }

  /// The resource `name` with `fields`.
  package init(
    _ name: String, _ fields: [FoundField], member: Member? = nil, obstacle: String? = nil
  ) {
    self.name = name
    self.fields = fields
    self.member = member
    self.obstacle = obstacle
  }

  /// The resource `name`, for which no playbook can ask.
  package init(_ name: String, obstacle: String) { self.init(name, [], obstacle: obstacle) }
}

/// A key with its value, to be written.
package struct FoundField: Hashable, Sendable {
  /// The key.
  package var key: String
  /// What stands behind it.
  package var value: FoundValue

  /// `key: value`.
  package init(_ key: String, _ value: FoundValue) {
    self.key = key
    self.value = value
  }
}

/// What stands behind a key of a playbook, to be written.
package indirect enum FoundValue: Hashable, Sendable {
  /// Text, also where it looks like something else.
  case text(String)
  /// A number, or several.
  case number(String)
  /// true or false.
  case flag(Bool)
  /// Values in order.
  case list([FoundValue])
  /// Keys with values, in order.
  case mapping([FoundField])
}

/// What a host has of a kind.
package struct Findings: Sendable {
  /// Everything that matches, in the order of the playbook.
  package var resources: [Found]
  /// What a reader should know of all of them, one sentence each.
  package var remarks: [String]

  /// Nothing but what is given.
  package init(_ resources: [Found] = [], remarks: [String] = []) {
    self.resources = resources
    self.remarks = remarks
  }

  /// Whether nothing at all matches.
  package var isEmpty: Bool { resources.isEmpty && remarks.isEmpty }
}
