package import HardenModel

/// What is no longer as earlier runs had set it, for people.
package struct DriftText {
  private let plan: Plan
  private let style: Style

  /// What has not drifted, and nobody should take for what holds.
  private static let told: [Verdict] = [.pending, .unmeasured, .notApplicable]

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
    let others = plan.controls.filter { Self.told.contains($0.verdict) }
    let found =
      !plan.changes.isEmpty
      ? "\(plan.changes.count) drifted" : others.isEmpty ? "all as they left it" : "none drifted"
    page.line("compared \(compared) with what earlier runs had set: \(found)")
    if !others.isEmpty { page.gap() }
    for control in others {
      page.line(
        control.verdict.rawValue.padded(to: 14), Escaped.text(control.id),
        control.reason.map { "(\(Escaped.text($0)))" } ?? "")
    }
    guard !plan.changes.isEmpty else { return page.text }
    page.gap()
    let width = min(46, plan.changes.map { Escaped.text($0.address.description).count }.max() ?? 0)
    for change in plan.changes {
      ChangeText(change: change, isFull: false, width: width).write(to: &page)
    }
    guard plan.changes.contains(where: { $0.action != .unmet }) else { return page.text }
    page.gap()
    page.line(
      "To set it again, apply the playbook\(plan.playbooks.count == 1 ? "" : "s") "
        + "\(listed(plan.playbooks)); to let it go, harden rollback.")
    return page.text
  }
}
