package import HardenModel

/// What a run came to, for people: each step with its outcome, then one sentence and the way on.
package struct ReportText {
  /// The report.
  package var report: Report
  /// Colour of the stream that it goes to.
  package var style: Style

  /// A view of `report`.
  package init(_ report: Report, style: Style = .plain) {
    self.report = report
    self.style = style
  }

  /// The whole view, ending in a line feed.
  package var text: String {
    var page = Page(style)
    let width = min(46, report.entries.map { Escaped.text($0.target).count }.max() ?? 0)
    for entry in report.entries {
      let (word, meaning, why) = Self.describe(entry.outcome)
      page.line(
        page.paint(word.padded(to: 9), meaning), Escaped.text(entry.target).padded(to: width),
        listed(entry.addresses.map(\.description), limit: 3), indent: 2)
      if let why { page.line(page.paint(Escaped.text(why), meaning), indent: 13) }
    }
    canary(&page)
    page.gap()
    if let failure = report.failure {
      page.line(page.paint("failed:", .alarm) + " " + Escaped.text(failure))
    }
    page.line(sentence)
    for warning in Self.warnings(report) {
      page.line(page.paint("warning:", .alarm) + " \(warning)")
    }
    if !report.unmet.isEmpty, report.ending.isDone {
      let names = listed(report.unmet.map(\.description), limit: 4)
      page.line(
        page.paint("not as wanted:", .alarm)
          + " \(names), which is nothing that harden can change. "
          + "A person is needed.")
    }
    if report.awaitsReboot, report.ending == .nothingToDo {
      page.line("Some of it holds only after the next reboot: harden plan lists it as pending.")
    }
    if report.leftToBoot > 0, report.ending.isDone {
      page.line(
        "\(counted(report.leftToBoot, "resource")) of it can only be completed and verified on the "
          + "running host: harden first-boot does it, and harden-firstboot.service runs that.")
    }
    return page.text
  }

  /// What whoever reads `report` has to be warned of, a sentence each.
  static func warnings(_ report: Report) -> [String] {
    guard report.ending == .waiting, report.isGuardMortal else { return [] }
    return [
      "no systemd runs here, so after a reboot or a power cut nothing undoes it until somebody runs: "
        + "harden recover"
    ]
  }

  private func canary(_ page: inout Page) {
    guard !report.probed.isEmpty else { return }
    page.heading("Canary")
    let width = min(30, report.probed.map { $0.canary.id.count }.max() ?? 0)
    for one in report.probed {
      let (word, meaning, why) = Self.describe(one)
      page.line(
        page.paint(word.padded(to: 14), meaning), Escaped.text(one.canary.id).padded(to: width),
        Escaped.text(one.canary.probe.text), one.canary.isRequired ? "" : "(wanted)", indent: 2)
      if let why { page.line(page.paint(Escaped.text(why), meaning), indent: 18) }
    }
  }

  /// The word, its colour and the reason of what a probe found.
  static func describe(_ probed: Report.Probed) -> (String, Style.Meaning, String?) {
    switch probed.answer {
    case .holds: ("holds", .good, nil)
    case .fails(let why): ("fails", probed.canary.isRequired ? .alarm : .change, why)
    case .notApplicable(let why): ("not applicable", .quiet, why)
    }
  }

  /// The word, its colour and the reason of an outcome.
  static func describe(_ outcome: Outcome) -> (String, Style.Meaning, String?) {
    switch outcome {
    case .done: ("done", .good, nil)
    case .failed(let why): ("failed", .alarm, why)
    case .restored: ("restored", .good, nil)
    case .already: ("already", .quiet, nil)
    case .conflict(let why): ("conflict", .alarm, why)
    case .unknown(let why): ("unknown", .alarm, why)
    case .notBegun: ("not begun", .quiet, nil)
    case .waiting: ("waits", .change, nil)
    }
  }

  private func count(_ isMeant: (Outcome) -> Bool) -> Int {
    report.entries.count { isMeant($0.outcome) }
  }

  private var troubled: Int {
    count {
      switch $0 {
      case .failed, .conflict, .unknown: true
      case .done, .restored, .already, .notBegun, .waiting: false
      }
    }
  }

  private var reboot: String {
    switch (report.onReboot, report.isRebooted) {
    case (.probe, false):
      ", this host undoes it by itself.\nAfter a reboot before, its canary decides."
    case (.probe, true):
      " by its canary or by you, and at another reboot before, this host undoes it by itself."
    default:
      (report.isGuardMortal ? "" : ", and at a reboot before")
        + ", this host undoes it by itself."
    }
  }

  private var sentence: String {
    let run = report.run.map { "Run \($0)" } ?? "The run"
    let undo = report.run.map { "\nTo undo it: harden rollback \($0)" } ?? ""
    switch report.ending {
    case .applied where report.awaitsReboot:
      return
        "\(run) is pending: \(counted(count { $0 == .done }, "step")) done, "
        + "and some of what it asks for holds only after the next reboot.\n"
        + "To see what: harden plan --full\(undo)"
    case .applied:
      return "\(run) is done: \(counted(count { $0 == .done }, "step")), "
        + "and the host was found as wanted afterwards\(report.unmet.isEmpty ? "" : " but for what follows").\(undo)"
    case .nothingToDo: return "Nothing to do."
    case .restored: return "\(run) failed; everything that it had changed was put back."
    case .incomplete:
      return "\(run) failed, and \(counted(troubled, "step")) could not be put back. "
        + "A person is needed."
    case .rolledBack:
      return "\(run) is done: \(counted(count { $0 == .done }, "step")) put back.\(undo)"
    case .conflicts:
      return "\(run) put back \(counted(count { $0 == .done }, "step")); what somebody else has "
        + "changed since is left for a person to decide.\(undo)"
    case .recovered: return "\(run) had been interrupted and is put right."
    case .waiting:
      let waits = count { $0 == .waiting }
      return "\(run) is done and waits to be confirmed: \(counted(count { $0 == .done }, "step")), "
        + "and \(waits) after the confirmation.\n"
        + "Unless it is confirmed by \(report.until.map(Moment.rfc3339) ?? "then")\(reboot)\n"
        + "From a new login: harden confirm\(undo)"
    case .reverted: return "\(run) was not confirmed; everything that it had changed was put back."
    }
  }
}
