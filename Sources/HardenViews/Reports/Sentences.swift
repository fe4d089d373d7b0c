internal import HardenModel

/// What differs, in lines that every report prints alike.
enum Sentences {
  /// One line for each plane of `change` that is not as wanted, and one for each note.
  static func of(_ change: Change) -> [String] {
    let refusal = change.refusal.map { ["\(change.address): \($0)"] } ?? []
    return change.planes.filter { !$0.holds }.map { "\(change.address): \(of($0))" } + refusal
      + change.notes.map { "\(change.address): \($0)" }
  }

  /// `heading`, why the control stands as it does, and what differs: a line each, made harmless.
  static func paragraph(_ heading: String, _ row: Assessment.Row) -> String {
    let reason = row.control.reason.map { [$0] } ?? []
    return ([heading] + reason + row.changes.flatMap(of)).map(Escaped.text)
      .joined(separator: "\n")
  }

  /// `NOW 0 -> 1 (/etc/sysctl.d/x.conf:3)`.
  static func of(_ plane: PlaneState) -> String {
    let place = plane.observedAt.map { " (\($0))" } ?? ""
    return
      "\(plane.plane.rawValue.uppercased()) \(plane.observed ?? "absent")\(place) -> \(plane.wanted ?? "absent")"
  }
}
