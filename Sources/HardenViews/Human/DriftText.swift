package import HardenModel

/// What is no longer as earlier runs had set it, for people.
package struct DriftText {
  private let plan: Plan
  private let style: Style

  /// A view of `plan`, whose resources are what runs in effect hold.
  package init(_ plan: Plan, style: Style = .plain) {
    self.plan = plan
    self.style = style
  }

  /// The whole view, ending in a line feed.
  package var text: String {
    var page = Page(style)
    let compared = counted(plan.resources.count, "resource")
    guard !plan.resources.isEmpty else {
      page.line("Nothing that harden did is in effect on this host.")
      return page.text
    }
    page.line(
      page.paint("harden drift", .heading), Escaped.text(plan.host.name),
      Escaped.text(plan.host.system))
    guard !plan.changes.isEmpty else {
      page.line("compared \(compared) with what earlier runs had set: all as they left it")
      return page.text
    }
    page.line(
      "compared \(compared) with what earlier runs had set: \(plan.changes.count) drifted")
    page.gap()
    let width = min(46, plan.changes.map { Escaped.text($0.address.description).count }.max() ?? 0)
    for change in plan.changes {
      ChangeText(change: change, isFull: false, width: width).write(to: &page)
    }
    page.gap()
    page.line(
      "To set it again, apply the playbook\(plan.playbooks.count == 1 ? "" : "s") "
        + "\(listed(plan.playbooks)); to let it go, harden rollback.")
    return page.text
  }
}
