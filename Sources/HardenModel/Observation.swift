/// What a resource kind found on the host, and the steps that would make it as wanted.
package struct Observation: Hashable, Sendable {
  /// Whether the resource could be compared at all.
  package enum Standing: Hashable, Sendable {
    /// Every plane was read.
    case measured
    /// The host has no such thing, and the playbook does not insist; the reason says what is missing.
    case notApplicable(String)
    /// Something could not be read, so neither pass nor fail is known.
    case unmeasured(String)
    /// It differs, and changing it would be wrong: the reason names what stands in the way.
    case refused(String)
    /// It was read and is not as wanted, and nothing that harden does makes it so.
    case unmet
  }

  /// Whether the resource could be compared.
  package var standing: Standing
  /// The planes that the resource claims, in the order NOW, FILE, BOOT.
  package var planes: [PlaneState]
  /// What would have to be done, in order; empty when all planes hold.
  package var steps: [Step]
  /// The bytes of files that the steps write; steps name them by digest.
  package var contents: [Bytes] = []
  /// The same for what is secret, by the file that an apply reads it from again.
  package var secrets: [String: Bytes] = [:]
  /// What a reader of the plan should know besides, one sentence each.
  package var notes: [String]
  /// What would break by the steps: one sentence each, with the process, path or account.
  package var risks: [String] = []

  /// A measured observation.
  package init(
    planes: [PlaneState], steps: [Step] = [], notes: [String] = [], contents: [Bytes] = [],
    risks: [String] = []
  ) {
    standing = .measured
    self.planes = planes
    self.steps = steps
    self.notes = notes
    self.contents = contents
    self.risks = risks
  }

  /// What can only be looked at: as wanted where all `planes` hold.
  package init(probing planes: [PlaneState], notes: [String] = []) {
    self.init(planes.allSatisfy(\.holds) ? .measured : .unmet, planes: planes, notes: notes)
  }

  /// An observation that ends without steps.
  package init(_ standing: Standing, planes: [PlaneState] = [], notes: [String] = []) {
    self.standing = standing
    self.planes = planes
    steps = []
    self.notes = notes
  }

  /// Whether every plane agrees with the playbook.
  package var holds: Bool { standing == .measured && planes.allSatisfy(\.holds) }

  /// Whether steps are needed.
  package var differs: Bool { standing == .measured && planes.contains(where: \.differs) }

  /// What is left to an event such as the next boot, when no step is needed any more.
  package var awaits: PlaneState.Event? {
    standing == .measured && !differs ? planes.lazy.compactMap(\.awaits).first : nil
  }
}
