internal import HardenModel

/// The controls of a plan that are no change: by name where they are exceptions, all in full.
struct VerdictList {
  let plan: Plan
  let isFull: Bool

  func write(to page: inout Page) {
    if isFull {
      full(&page)
    } else {
      brief(&page)
    }
  }

  /// How a count of controls with `verdict` reads.
  static func phrase(_ verdict: Verdict, _ count: Int) -> String {
    switch verdict {
    case .holds: count == 1 ? "holds" : "hold"
    case .differs: count == 1 ? "differs" : "differ"
    case .manual: "for a person to check"
    case .drifted, .pending, .notApplicable, .waived, .unmeasured: verdict.rawValue
    }
  }

  /// Neither pass nor fail: named, because nobody should take them for either.
  private func brief(_ page: inout Page) {
    page.gap()
    for verdict in [Verdict.waived, .unmeasured, .pending, .manual] {
      let ids = plan.controls.filter { $0.verdict == verdict }.map(\.id)
      guard !ids.isEmpty else { continue }
      page.line(
        "\(verdict.rawValue) \(ids.count)".padded(to: 14), listed(ids, limit: 4),
        "(--full says why)")
    }
  }

  private func full(_ page: inout Page) {
    guard !plan.controls.isEmpty else { return }
    page.heading("Every control")
    let width = min(40, plan.controls.map { Escaped.text($0.id).count }.max() ?? 0)
    for control in plan.controls {
      let (symbol, meaning) = mark(control.verdict)
      page.line(
        page.paint("\(symbol) " + control.verdict.rawValue.padded(to: 14), meaning),
        Escaped.text(control.id).padded(to: width), Escaped.text(control.title),
        control.reason.map { "(\(Escaped.text($0)))" } ?? "", indent: 2)
    }
  }

  private func mark(_ verdict: Verdict) -> (String, Style.Meaning) {
    switch verdict {
    case .holds: ("=", .good)
    case .differs, .pending: ("~", .change)
    case .drifted: ("!", .alarm)
    case .notApplicable, .waived, .manual: (".", .quiet)
    case .unmeasured: ("?", .change)
    }
  }
}
