/// What becomes of a resource whose thing is absent from the host.
package enum IfMissing: String, Choice {
  /// It stands in the way of the plan.
  case refuse
  /// It is not applicable.
  case skip
}

extension Fields {
  /// `if_missing` of a resource; kinds whose thing may be absent list its spec in their manual.
  package static let ifMissing = Field<IfMissing>(
    "if_missing", "what to do where it does not exist: refuse or skip")

  /// Whether absence is accepted: by the resource, else by its control, else by `usual`.
  package mutating func isMissingAllowed(usual: IfMissing = .refuse) -> Bool {
    (read(Self.ifMissing) ?? reading.ifMissing ?? usual) == .skip
  }
}
