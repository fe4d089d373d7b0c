package import HardenModel

/// One control of a plan in full: what it asks for and why, its verdict, and each change.
package struct ControlText {
  private let control: ControlVerdict
  private let changes: [Change]
  private let style: Style

  /// A view of the control called `id`; nil when `plan` has none of that name.
  package init?(_ id: String, in plan: Plan, style: Style = .plain) {
    guard let control = plan.controls.first(where: { $0.id == id }) else { return nil }
    self.control = control
    changes = plan.changes.filter { $0.control == id }
    self.style = style
  }

  /// The whole view, ending in a line feed.
  package var text: String {
    var page = Page(style)
    page.line(
      page.paint(Escaped.text(control.id), .heading),
      Escaped.text("\(control.at.file):\(control.at.line)"))
    let references = control.refs.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.joined(separator: " "))" }
    let rows = [
      ("asks", control.title), ("why", control.why ?? ""),
      ("maps", references.joined(separator: ", ")), ("severity", control.severity.rawValue),
      ("tags", control.tags.joined(separator: ", ")),
      ("here", control.verdict.rawValue + (control.reason.map { ": \($0)" } ?? "")),
    ]
    for (name, text) in rows where !text.isEmpty {
      page.line(name.padded(to: 8), Escaped.text(text), indent: 2)
    }
    let differing = Set(changes.map(\.address))
    for address in control.resources where !differing.contains(address) {
      page.line("= " + Escaped.text(address.description), indent: 2)
    }
    for change in changes { ChangeText(change: change, isFull: true, width: 0).write(to: &page) }
    return page.text
  }
}
