package import HardenModel

/// A plan for people: what was compared, what will be done and why, and what to type next.
///
/// Plans of an apply, a rollback and a prune are one layout, so what is previewed in one is read
/// in the others without learning anything.
package struct PlanText {
  /// The plan.
  package var plan: Plan
  /// Whether every control is listed, and planes that already hold are shown.
  package var isFull = false
  /// Where the plan was saved, if it was.
  package var savedTo: String?
  /// What kept the planner from writing, if it is to be shown.
  package var seal: String?
  /// What a reboot means to the run, where it waits to be confirmed.
  package var onReboot: OnReboot?
  /// The command line that carries the plan out.
  package var next: String?
  /// Colour of the stream that it goes to.
  package var style = Style.plain

  /// A view of `plan`.
  package init(
    _ plan: Plan, isFull: Bool = false, savedTo: String? = nil, seal: String? = nil,
    onReboot: OnReboot? = nil, next: String? = nil, style: Style = .plain
  ) {
    self.plan = plan
    self.onReboot = onReboot
    self.isFull = isFull
    self.savedTo = savedTo
    self.seal = seal
    self.next = next
    self.style = style
  }

  /// The whole view, ending in a line feed.
  package var text: String {
    var page = Page(style)
    header(&page)
    changes("Drifted since an earlier run set it", plan.drift, &page)
    changes(
      plan.kind == .rollback ? "To be put back" : "Changes",
      plan.pending.filter { $0.drifted == nil }, &page)
    changes("Left alone", plan.changes.filter { $0.drifted == nil && $0.action == .refuse }, &page)
    changes("Not as wanted, and nothing that harden can change", plan.unmet, &page)
    orphans(&page)
    VerdictList(plan: plan, isFull: isFull).write(to: &page)
    remarks(&page)
    summary(&page)
    return page.text
  }

  private func header(_ page: inout Page) {
    let host = plan.host
    page.line(
      page.paint("harden \(plan.kind == .apply ? "plan" : plan.kind.rawValue)", .heading),
      Escaped.text(host.name), Escaped.text(host.system),
      host.kernel.map { "kernel \(Escaped.text($0))" } ?? "root \(Escaped.text(host.root))",
      plan.playbooks.isEmpty
        ? "" : "playbook\(plan.playbooks.count == 1 ? "" : "s") \(listed(plan.playbooks))",
      "harden \(Escaped.text(plan.tool))")
    if !plan.selection.only.isEmpty { page.line("only \(listed(plan.selection.only))") }
    if !plan.selection.except.isEmpty { page.line("except \(listed(plan.selection.except))") }
    let place = host.root == "/" ? "this host" : Escaped.text(host.root)
    if plan.kind == .rollback {
      let runs = plan.undoes.map(String.init).joined(separator: ", ")
      page.line(
        "compared what run\(plan.undoes.count == 1 ? "" : "s") \(runs) changed with \(place): "
          + "\(plan.pending.count) to put back, \(plan.refused.count) left alone")
    } else {
      let verdicts = Verdict.allCases.compactMap { verdict in
        let count = plan.count(verdict)
        return count == 0 ? nil : "\(count) \(VerdictList.phrase(verdict, count))"
      }
      page.line(
        "compared \(counted(plan.controls.count, "control")), "
          + "\(counted(plan.resources.count, "resource")) with \(place): "
          + (verdicts.isEmpty ? "nothing to compare" : verdicts.joined(separator: ", ")))
      if let seal { page.line("planner \(Escaped.text(seal))") }
    }
  }

  private func changes(_ title: String, _ changes: [Change], _ page: inout Page) {
    guard !changes.isEmpty else { return }
    page.heading(title)
    let width = min(46, changes.map { Escaped.text($0.address.description).count }.max() ?? 0)
    for change in changes {
      ChangeText(
        change: change, isFull: isFull, width: width
      ).write(to: &page)
    }
  }

  private func orphans(_ page: inout Page) {
    guard !plan.orphans.isEmpty, plan.kind != .rollback else { return }
    page.heading(
      plan.kind == .prune
        ? "No longer asked for, and put back by this plan"
        : "No longer asked for (--prune puts back what was there before)")
    for orphan in plan.orphans {
      page.line(
        "? " + Escaped.text(orphan.address.description),
        "set by run \(orphan.run) for \(Escaped.text("\(orphan.playbook)/\(orphan.control)"))",
        indent: 2)
    }
  }

  private func remarks(_ page: inout Page) {
    guard !plan.warnings.isEmpty || !plan.obstacles.isEmpty else { return }
    page.gap()
    for warning in plan.warnings {
      page.line(page.paint("warning:", .change) + " " + Escaped.text(warning))
    }
    for obstacle in plan.obstacles {
      page.line(page.paint("in the way:", .alarm) + " " + Escaped.text(obstacle.message))
    }
  }

  private var unmet: String {
    plan.unmet.isEmpty ? "" : ", \(plan.unmet.count) that harden cannot change"
  }

  private func summary(_ page: inout Page) {
    page.gap()
    guard !plan.isEmpty else {
      let kept = plan.refused.isEmpty ? "" : ", \(plan.refused.count) left alone"
      let until = plan.awaitsReboot ? " before the next reboot" : ""
      page.line("Plan \(plan.id.short): nothing to do\(until)\(kept)\(unmet).")
      return
    }
    let actions = [(Change.Action.create, "create"), (.update, "change"), (.remove, "remove")]
      .map { action, word in "\(plan.pending.count { $0.action == action }) to \(word)" }
    let undo = plan.reversibilities.map { "\($0.count) \($0.class.rawValue)" }
    page.line(
      "Plan \(plan.id.short): \(actions.joined(separator: ", ")), "
        + "\(plan.refused.count) left alone\(unmet).  undo: \(undo.joined(separator: ", ")).")
    if plan.kind != .rollback, plan.unmet.isEmpty {
      page.line("A second plan on the host as planned is empty.")
    }
    if onReboot == .probe {
      let waiting = plan.waitingSteps(.probe).count
      page.line(
        "What holds beyond a reboot is done at once, and the canary decides after one; "
          + "\(counted(waiting, "step")) that only a reboot undoes \(waiting == 1 ? "waits" : "wait")."
      )
    }
    if let savedTo {
      page.line(
        "saved to \(Escaped.text(savedTo)), for one use until \(Moment.text(plan.expires))")
    }
    if let next, plan.obstacles.isEmpty { page.line("next: " + Escaped.text(next)) }
  }
}
