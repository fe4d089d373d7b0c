internal import HardenModel

/// One change of a plan: who asks for it, each plane from what is to what will be, and its undo.
struct ChangeText {
  let change: Change
  let isFull: Bool
  /// Columns that the address takes, so that the reasons stand below one another.
  let width: Int

  func write(to page: inout Page) {
    page.line(
      page.paint(symbol, meaning) + " "
        + page.paint(Escaped.text(change.address.description).padded(to: width), meaning),
      Escaped.text(change.control), place, references, indent: 2)
    if let drift = change.drifted {
      detail("since", "run \(drift.run) had set it, \(Moment.text(drift.at))", &page)
    }
    for kind in Plane.allCases {
      for plane in change.planes where plane.plane == kind && shows(plane) {
        detail(kind.rawValue.uppercased(), Self.line(plane), &page)
      }
    }
    for note in change.notes { self.note(note, &page) }
    if change.action == .unmet {
      detail("kept", page.paint("nothing that harden can change", .alarm), &page)
    } else if let refusal = change.refusal {
      detail("kept", page.paint(Escaped.text(refusal), .alarm), &page)
    } else {
      detail("undo", undo, &page)
    }
  }

  private func detail(_ name: String, _ text: String, _ page: inout Page) {
    page.line(name.padded(to: 5) + " " + text, indent: 8)
  }

  /// A sentence, or several lines such as the difference of a file's content.
  private func note(_ note: String, _ page: inout Page) {
    let lines = Escaped.block(note).split(at: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index < lines.count - 1 || !line.isEmpty {
      let meaning: Style.Meaning? =
        line.hasPrefix("+") ? .good : line.hasPrefix("-") ? .alarm : nil
      let shown = meaning.map { page.paint(String(line), $0) } ?? String(line)
      page.line(shown, indent: lines.count == 1 ? 8 : 10)
    }
  }

  /// A plane that already holds is noise, unless the rest of the change contradicts it.
  private func shows(_ plane: PlaneState) -> Bool {
    isFull || !plane.holds || change.drifted != nil || change.action == .refuse
  }

  static func line(_ plane: PlaneState) -> String {
    if plane.holds { return value(plane.observed) + from(plane.observedAt) + "  ok" }
    let observedAt = plane.observedAt == plane.wantedAt ? nil : plane.observedAt
    let waits = plane.awaits.map { "  at the next \($0.rawValue)" } ?? ""
    return
      "\(value(plane.observed))\(from(observedAt)) -> \(value(plane.wanted))\(from(plane.wantedAt))"
      + waits
  }

  private static func value(_ value: String?) -> String {
    guard let value else { return "(nothing)" }
    return value.isEmpty ? "(empty)" : Escaped.text(value)
  }

  private static func from(_ place: Place?) -> String {
    place.map { " (\(Escaped.text($0.description)))" } ?? ""
  }

  private var place: String {
    change.at.map { Escaped.text("\($0.file):\($0.line)") } ?? ""
  }

  private var references: String {
    change.refs.sorted { $0.key < $1.key }
      .map { "\(Escaped.text($0.key)) \($0.value.map(Escaped.text).joined(separator: " "))" }
      .joined(separator: ", ")
  }

  private var symbol: String {
    switch change.action {
    case .create: "+"
    case .update: "~"
    case .remove: "-"
    case .refuse, .unmet: "!"
    }
  }

  private var meaning: Style.Meaning {
    switch change.action {
    case .create: .good
    case .update: .change
    case .remove, .refuse, .unmet: .alarm
    }
  }

  private var undo: String {
    switch change.reversibility {
    case .exact: "exact"
    case .effective: "effective: the host behaves as before, not every byte is the same"
    case .atBoot: "at-boot: the kernel keeps it until the next boot"
    case .none: "none: wants --accept-irreversible \(Escaped.text(change.address.description))"
    }
  }
}
