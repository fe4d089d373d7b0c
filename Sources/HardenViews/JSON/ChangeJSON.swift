internal import HardenModel

/// One change of a plan.
struct ChangeJSON: Encodable {
  var address: Address
  var action: Change.Action
  var control: String
  var at: PositionJSON?
  var refs: [String: [String]]
  var planes: [PlaneJSON]
  var undo: Reversibility
  var drifted: Drifted?
  var refusal: String?
  var notes: [String]

  struct Drifted: Encodable {
    var run: Int
    var at: String
  }

  init(_ change: Change) {
    address = change.address
    action = change.action
    control = change.control
    at = change.at.map(PositionJSON.init)
    refs = change.refs
    planes = change.planes.map(PlaneJSON.init)
    undo = change.reversibility
    drifted = change.drifted.map { Drifted(run: $0.run, at: Moment.rfc3339($0.at)) }
    refusal = change.refusal
    notes = change.notes
  }
}

/// One plane of one resource; a value that is not there has no key.
struct PlaneJSON: Encodable {
  var plane: Plane
  var observed, wanted: String?
  var holds: Bool
  var observedAt, wantedAt: Place?
  var awaits: PlaneState.Event?

  private enum CodingKeys: String, CodingKey {
    case plane, observed, wanted, holds, awaits
    case observedAt = "observed_at"
    case wantedAt = "wanted_at"
  }

  init(_ state: PlaneState) {
    plane = state.plane
    (observed, wanted) = (state.observed, state.wanted)
    holds = state.holds
    (observedAt, wantedAt) = (state.observedAt, state.wantedAt)
    awaits = state.awaits
  }
}

/// One step: what it works on and for whom, never the bytes that it writes.
struct StepJSON: Encodable {
  var target: String
  var addresses: [Address]
  var undo: Reversibility
  var effects: [SetSysctl.Effect]?

  init(_ planned: PlannedStep) {
    target = planned.step.target
    addresses = planned.addresses
    undo = planned.step.reversibility
    if case .setSysctl(let order) = planned.step, !order.effects.isEmpty { effects = order.effects }
  }
}
