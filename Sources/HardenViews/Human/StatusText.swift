package import HardenModel

/// Where a host stands: what is in effect, what wants attention and what to type next.
package enum StatusText {
  /// What runs on an image have left to its first boot, and where that stands.
  package struct FirstBoot: Hashable, Sendable {
    /// The runs.
    package var runs: [Int]
    /// Whether the host has booted, so that it is late.
    package var isLate: Bool

    /// What `runs` have left.
    package init(runs: [Int] = [], isLate: Bool = false) {
      self.runs = runs
      self.isLate = isLate && !runs.isEmpty
    }
  }

  /// The view, ending in a line feed; `runs` are all runs of the host.
  package static func text(
    _ runs: [RunSummary], firstBoot: FirstBoot = FirstBoot(), style: Style = .plain
  ) -> String {
    var page = Page(style)
    let unfinished = runs.filter { $0.state == .unfinished }
    for run in unfinished {
      page.line(
        page.paint("Run \(run.number) was interrupted", .alarm)
          + " (\(run.kind.rawValue), began \(Moment.text(run.began))).")
      page.line("next: harden recover")
    }
    let waiting = runs.filter { $0.state == .waiting }
    for run in waiting {
      page.line(
        page.paint("Run \(run.number) waits to be confirmed", .change)
          + " until \(run.until.map(Moment.rfc3339) ?? "then"), and is undone otherwise.")
      if run.onReboot == .probe {
        page.line(
          run.isRebooted
            ? "Its canary is asked in this boot, and confirms or undoes it; another reboot undoes it."
            : "After a reboot before then its canary decides.")
      }
      page.line("next, from a new login: harden confirm")
    }
    if let last = runs.max(by: { $0.number < $1.number }), last.state == .reverted {
      page.line(
        page.paint("Run \(last.number) was not confirmed and has been undone", .alarm)
          + "; see: harden show \(last.number)")
    }
    for run in runs.filter({ $0.state == .incomplete }) {
      page.line(
        page.paint("Run \(run.number) failed and is not fully put back", .alarm)
          + "; see: harden show \(run.number)")
    }
    if !firstBoot.runs.isEmpty {
      let names = "Run " + listed(firstBoot.runs.map(String.init))
      if firstBoot.isLate {
        page.line(
          page.paint("\(names) left something to the first boot, and it is not done", .alarm)
            + "; journalctl -u harden-firstboot says why")
        page.line("next: harden first-boot")
      } else {
        page.line("\(names) left what only a running host has to the first boot of this image.")
      }
    }
    let current = runs.filter { $0.state == .inEffect || $0.state == .partlyInEffect }
      .sorted { $0.number > $1.number }
    if current.isEmpty, unfinished.isEmpty, waiting.isEmpty {
      page.line("Nothing that harden did is in effect on this host.")
    }
    for run in current {
      page.line(
        "run \(run.number)".padded(to: 8), run.state.rawValue.padded(to: 16),
        "since \(Moment.text(run.ended ?? run.began))", counted(run.steps, "step"),
        listed(run.playbooks))
    }
    if let newest = current.first, unfinished.isEmpty, waiting.isEmpty {
      page.line("To undo the newest: harden rollback \(newest.number)")
    }
    return page.text
  }

  /// The code that goes with it: what was interrupted, half restored or never completed.
  package static func exit(_ runs: [RunSummary], firstBoot: FirstBoot = FirstBoot()) -> ExitCode {
    let isTroubled = runs.contains { $0.state == .unfinished || $0.state == .incomplete }
    return isTroubled || firstBoot.isLate ? .attention : .success
  }
}
