package import HardenModel

/// One run of a host's history, as machines read it.
package struct RunJSON: Encodable {
  private var run: Int
  private var kind: Plan.Kind
  private var state: RunSummary.State
  private var began: String
  private var ended: String?
  private var until: String?
  private var reboot: OnReboot?
  private var rebooted: Bool?
  private var plan: Digest
  private var playbooks: [String]
  private var undoes: [Int]
  private var steps: Int
  private var by, label, reason: String?

  /// The machine's view of `summary`.
  package init(_ summary: RunSummary) {
    run = summary.number
    kind = summary.kind
    state = summary.state
    began = Moment.rfc3339(summary.began)
    ended = summary.ended.map(Moment.rfc3339)
    until = summary.until.map(Moment.rfc3339)
    (reboot, rebooted) = (summary.onReboot, summary.onReboot.map { _ in summary.isRebooted })
    plan = summary.plan
    playbooks = summary.playbooks
    undoes = summary.undoes
    steps = summary.steps
    (by, label, reason) = (summary.by, summary.label, summary.reason)
  }
}
