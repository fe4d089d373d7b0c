/// Loading and unloading rules of the running kernel, in a given order.
package struct EditAuditRules: Hashable, Sendable, Codable {
  /// The rules that change.
  package var edits: [Edit]
  /// What `/sys/kernel/rcu_expedited` holds and must hold afterwards; nil where there is none.
  package var expedited: Int?

  /// One rule that is loaded, unloaded or moved.
  package struct Edit: Hashable, Sendable, Codable {
    /// The resource that it belongs to.
    package var address: Address
    /// The rule as auditctl takes it, for people.
    package var text: String
    /// The rule.
    package var rule: AuditRuleData
    /// Whether it is loaded before.
    package var before: Bool
    /// Whether it is loaded afterwards.
    package var after: Bool
    /// Where it stands afterwards.
    package var place: AuditPlace

    /// `rule` going from `before` to `after`.
    package init(
      _ address: Address, text: String, rule: AuditRuleData, before: Bool, after: Bool,
      place: AuditPlace = .end
    ) {
      self.address = address
      self.text = text
      self.rule = rule
      self.before = before
      self.after = after
      self.place = place
    }
  }

  /// `edits` of the kernel's rules.
  package init(_ edits: [Edit], expedited: Int? = nil) {
    self.edits = edits
    self.expedited = expedited
  }
}

/// Where a rule comes to stand among those of its list, of which the first that matches decides.
package enum AuditPlace: Hashable, Sendable, Codable {
  /// Behind all others; where it is loaded already, wherever that is.
  case end
  /// Before all others.
  case start
  /// Somewhere behind this one, right behind it when it has to be put there; at the end without it.
  case behind(AuditRuleData)
}

/// Writing `/etc/audit/audit.rules` from the files of `/etc/audit/rules.d`, as augenrules does.
package struct CompileAuditRules: Hashable, Sendable, Codable {
  /// The file that is written.
  package static let path = "/etc/audit/audit.rules"
  /// The folder that it is written from.
  package static let folder = "/etc/audit/rules.d"

  /// What files of audit rules get that do not exist yet.
  package static let attributes = Attributes.ofRoot(Mode(0o640))

  /// The step has nothing to say: what it writes follows from the folder.
  package init() {}
}

/// Setting numbers of the audit system as a whole.
package struct SetAuditStatus: Hashable, Sendable, Codable {
  /// What each must be before.
  package var before: [AuditStatus.Setting: UInt32]
  /// What each will be.
  package var after: [AuditStatus.Setting: UInt32]

  /// The settings going from `before` to `after`.
  package init(
    before: [AuditStatus.Setting: UInt32], after: [AuditStatus.Setting: UInt32]
  ) {
    self.before = before
    self.after = after
  }

  /// Whether the kernel will take nothing more before the next boot.
  package var isLock: Bool { after[.enabled] == 2 }
}

// MARK: - Order

extension EditAuditRules {
  /// `rules` as they are after the edits.
  package func applied(to rules: [AuditRuleData]) -> [AuditRuleData] {
    var rules = rules
    var present = Set(rules)
    for edit in edits {
      // Looking for what is not there would take longest.
      let index = present.contains(edit.rule) ? rules.firstIndex(of: edit.rule) : nil
      if edit.after { present.insert(edit.rule) } else { present.remove(edit.rule) }
      guard edit.after else {
        if let index { rules.remove(at: index) }
        continue
      }
      if let index {
        if Self.stands(edit, at: index, in: rules, { rules.firstIndex(of: $0) }) { continue }
        rules.remove(at: index)
      }
      rules.insert(edit.rule, at: Self.position(edit, in: rules))
    }
    return rules
  }

  /// Whether `rules` are as they shall be after all of the edits.
  package func isDone(in rules: [AuditRuleData]) -> Bool {
    let places = Dictionary(zip(rules, rules.indices)) { first, _ in first }
    return edits.allSatisfy { edit in
      guard let index = places[edit.rule] else { return !edit.after }
      return edit.after && Self.stands(edit, at: index, in: rules) { places[$0] }
    }
  }

  /// Whether `edit`, whose rule is at `index`, is as it shall be afterwards.
  private static func stands(
    _ edit: Edit, at index: Int, in rules: [AuditRuleData], _ place: (AuditRuleData) -> Int?
  ) -> Bool {
    switch edit.place {
    case .end: return true
    case .start: return !rules[..<index].contains { $0.list == edit.rule.list }
    case .behind(let other):
      guard other.list == edit.rule.list else { return true }
      return place(other).map { $0 < index } ?? true
    }
  }

  /// Where the kernel lists it: lists one after the other, in each the order of loading.
  private static func position(_ edit: Edit, in rules: [AuditRuleData]) -> Int {
    let own = rules.indices.filter { rules[$0].list == edit.rule.list }
    switch edit.place {
    case .behind(let other) where other.list == edit.rule.list:
      if let index = rules.firstIndex(of: other) { return index + 1 }
    case .start:
      if let first = own.first { return first }
    case .end, .behind: break
    }
    return own.last.map { $0 + 1 } ?? rules.firstIndex { $0.list > edit.rule.list } ?? rules.count
  }
}

/// The shortest way from one order of rules to another, when rules can only be added at the end.
package struct AuditScript: Hashable, Sendable {
  /// One message to the kernel.
  package enum Move: Hashable, Sendable {
    case add(AuditRuleData)
    case delete(AuditRuleData)
  }

  /// The messages in order: every rule that has to move is absent for one message only, and what
  /// goes for good goes last.
  package private(set) var moves: [Move] = []
  /// The rules that are unloaded to be loaded again further back.
  package private(set) var moved: [AuditRuleData] = []

  /// From `current` to `target`.
  package init(from current: [AuditRuleData], to target: [AuditRuleData]) {
    let lists = Set(current.map(\.list) + target.map(\.list)).sorted()
    var last: [Move] = []
    for list in lists {
      let was = current.filter { $0.list == list }
      let wanted = target.filter { $0.list == list }
      var rest = was[...]
      // What stays is a beginning of the target that the kernel has in this order already.
      let kept = wanted.prefix { rule in
        guard let index = rest.firstIndex(of: rule) else { return false }
        rest = rest[(index + 1)...]
        return true
      }
      let loaded = Set(was)
      for rule in wanted.dropFirst(kept.count) {
        if loaded.contains(rule) {
          moves.append(.delete(rule))
          moved.append(rule)
        }
        moves.append(.add(rule))
      }
      let staying = Set(wanted)
      last += was.filter { !staying.contains($0) }.map(Move.delete)
    }
    moves += last
  }

  /// How many messages unload something; each waits for all processors without expediting.
  package var deletions: Int {
    moves.count { if case .delete = $0 { true } else { false } }
  }
}
