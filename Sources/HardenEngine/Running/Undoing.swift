internal import HardenActuators
internal import HardenModel
internal import HardenSystem

/// Collects the steps that undo runs, each on the host as those before it would leave it.
struct Undoing: ~Copyable {
  private var planned: Host
  private let policy: ConflictPolicy
  private var steps: [PlannedStep] = []
  private var changes: [Change] = []
  private var conflicts: [Conflict] = []
  /// What made systemd and processes follow the files of the runs.
  private var followers: [PlannedStep] = []
  /// Addresses that somebody changed since and that are left alone.
  private(set) var kept: Set<Address> = []

  init(planned: consuming Host, policy: ConflictPolicy) {
    self.planned = planned
    self.policy = policy
  }

  /// Adds the undoing of one run, of the addresses or controls in `only` if any.
  mutating func add(_ record: RunRecord, only: [String], store: borrowing RunStore) throws(Failure)
  {
    let known = steps.count
    let controls = Dictionary(record.plan.changes.map { ($0.address, $0) }) { first, _ in first }
    for (index, step) in record.plan.steps.enumerated().reversed() {
      let addresses = step.addresses.filter {
        RunRecord.matches($0, controls[$0]?.control ?? "", only)
      }
      guard !addresses.isEmpty, let before = record.before[index] else { continue }
      let isWhole = addresses.count == step.addresses.count
      // What is compiled from a folder is compiled anew where only a part of the folder goes back.
      if !isWhole, case .compileAuditRules = step.step { continue }
      let order = isWhole ? step.step : step.step.limited(to: addresses)
      try add(
        order, addresses, before: before, after: isWhole ? record.after[index] : nil,
        controls: controls, store: store)
    }
    try compileAuditRules(store)
    guard steps.count > known else { return }
    for planned in record.plan.steps {
      guard case .setUnit(let order) = planned.step, order.followsFiles else { continue }
      let addresses = planned.addresses.filter {
        RunRecord.matches($0, controls[$0]?.control ?? "", only)
      }
      if !addresses.isEmpty { followers.append(PlannedStep(planned.step, for: addresses)) }
    }
  }

  /// Makes systemd, and then the processes that were restarted, follow the files that are put back by
  /// all of the runs.
  mutating func settle(_ store: borrowing RunStore) throws(Failure) {
    let reloads = followers.filter { $0.step.isReload }
    for follower in reloads + followers.filter({ !$0.step.isReload }) {
      guard
        let step = try asFailure({ () throws(SystemError) in
          try Actuators.settling(follower.step, on: self.planned)
        }), !steps.contains(where: { $0.step == step })
      else { continue }
      steps.append(PlannedStep(step, for: follower.addresses))
      try lay(step, store)
    }
  }

  /// Compiles audit rules again where undoing changes what they come from and nothing else does.
  private mutating func compileAuditRules(_ store: borrowing RunStore) throws(Failure) {
    guard
      let source = steps.last(where: {
        $0.step.path?.hasPrefix("\(CompileAuditRules.folder)/") ?? false
      }), !steps.contains(where: { $0.step.path == CompileAuditRules.path })
    else { return }
    let compilation = Step.compileAuditRules(CompileAuditRules())
    steps.append(PlannedStep(compilation, for: source.addresses))
    try lay(compilation, store)
  }

  private mutating func add(
    _ step: Step, _ addresses: [Address], before: Image, after: Image?,
    controls: [Address: Change], store: borrowing RunStore
  ) throws(Failure) {
    let undo = try undo(step, before: before, after: after)
    var left: [Address] = []
    if !undo.conflicts.isEmpty {
      conflicts += undo.conflicts
      if policy != .restore { left = step.addresses(in: undo.conflicts, of: addresses) }
    }
    kept.formUnion(left)
    let inverses =
      policy == .restore && !undo.conflicts.isEmpty
      ? try forced(step, before) : undo.steps
    guard !inverses.isEmpty || undo.awaits != nil else { return }
    for inverse in inverses {
      steps.append(PlannedStep(inverse, for: addresses))
      try lay(inverse, store)
    }
    // What is left alone of a resource in another step does not hide what is done here.
    for address in addresses where !left.contains(address) {
      var planes = step.undoingPlanes(of: address, before: before)
      for index in planes.indices { planes[index].awaits = undo.awaits }
      changes.append(
        Change(
          address, action: Self.action(planes), control: controls[address]?.control ?? "",
          at: controls[address]?.at, planes: planes,
          reversibility: inverses.map(\.reversibility).max() ?? .atBoot))
    }
  }

  private func undo(_ step: Step, before: Image, after: Image?) throws(Failure) -> Undo {
    try asFailure { () throws(SystemError) in
      try Actuators.undo(step, before: before, after: after, on: planned)
    }
  }

  /// What puts the before-image back whoever changed it since.
  private func forced(_ step: Step, _ before: Image) throws(Failure) -> [Step] {
    try asFailure { () throws(SystemError) in
      try Actuators.force(step, before: before, on: planned)
    }
  }

  private mutating func lay(_ step: Step, _ store: borrowing RunStore) throws(Failure) {
    var contents: [Digest: [UInt8]] = [:]
    do throws(SystemError) {
      for digest in step.contents { contents[digest] = try store.blob(digest) }
      planned = try planned.after([step], contents: contents)
    } catch { throw .system(error) }
  }

  private static func action(_ planes: [PlaneState]) -> Change.Action {
    if planes.allSatisfy({ $0.observed == nil }) { return .create }
    return planes.allSatisfy { $0.wanted == nil } ? .remove : .update
  }

  /// Puts what was collected into `plan`.
  func fill(_ plan: inout Plan) {
    plan.steps += steps
    for change in changes {
      if let index = plan.changes.firstIndex(where: { $0.address == change.address }) {
        plan.changes[index].add(change.planes)
      } else {
        plan.changes.append(change)
      }
    }
    for conflict in conflicts {
      switch policy {
      case .keep: plan.warnings.append("left alone: \(conflict.sentence)")
      case .restore: plan.warnings.append("overwritten: \(conflict.sentence)")
      case .abort: plan.obstacles.append(Obstacle(.conflict, conflict.unit, conflict.sentence))
      }
    }
  }
}

extension Plan {
  /// Whether a rollback leaves alone what somebody else has changed since.
  var leavesConflicts: Bool { conflicts == .keep && !warnings.isEmpty }
}

extension Change {
  /// Goes on from what the change already comes to: only the ends of the way are shown.
  fileprivate mutating func add(_ further: [PlaneState]) {
    for plane in further {
      let same = planes.firstIndex {
        $0.plane == plane.plane && $0.observedAt == plane.observedAt && $0.wanted == plane.observed
      }
      if let same {
        planes[same].wanted = plane.wanted
        planes[same].wantedAt = plane.wantedAt
      } else {
        planes.append(plane)
      }
    }
  }
}

extension Step {
  fileprivate var isReload: Bool {
    if case .setUnit(.reload) = self { true } else { false }
  }

  /// The part of the step that serves `addresses`.
  func limited(to addresses: [Address]) -> Step {
    switch self {
    case .editFile(var order):
      order.edits.removeAll { !addresses.contains($0.address) }
      return .editFile(order)
    case .editAuditRules(var order):
      order.edits.removeAll { !addresses.contains($0.address) }
      return .editAuditRules(order)
    case .setAuditStatus(var order):
      let names = Set(addresses.flatMap { $0.name.split(at: ",").map(String.init) })
      order.before = order.before.filter { names.contains($0.key.rawValue) }
      order.after = order.after.filter { names.contains($0.key.rawValue) }
      return .setAuditStatus(order)
    default: return self
    }
  }

  /// Which of `addresses` the conflicts are about; all of them where the step is one unit.
  func addresses(in conflicts: [Conflict], of addresses: [Address]) -> [Address] {
    guard case .editFile(let order) = self else { return addresses }
    let units = Set(conflicts.map(\.unit))
    return order.edits.filter { units.contains("\(order.path): \($0.unit)") }.map(\.address)
  }

  /// What undoing the step shows for one of its addresses.
  func undoingPlanes(of address: Address, before: Image) -> [PlaneState] {
    let plane = { (plane: Plane, now: String?, then: String?, path: String?) in
      PlaneState(
        plane, observed: now, wanted: then, holds: false, observedAt: path.map { Place($0) },
        wantedAt: path.map { Place($0) })
    }
    switch self {
    case .setSysctl(let order):
      guard case .sysctl(let values) = before else { return [] }
      return [plane(.now, order.after, values[order.key] ?? order.before, nil)]
    case .editFile(let order):
      return order.edits.filter { $0.address == address }.map {
        plane(.file, $0.after?.lastLine, $0.before?.lastLine, order.path)
      }
    case .writeFile(let order):
      return [plane(.file, order.after.presence, order.before.presence, order.path)]
    case .setMountAttributes(let order):
      return [plane(.now, order.after.text, order.before.text, nil)]
    case .bindMount(let order):
      return [
        plane(.now, order.isMounted ? "mounted" : nil, order.isMounted ? nil : "mounted", nil)
      ]
    case .loadModule(let order):
      let words = { (isLoaded: Bool) in isLoaded ? "loaded" : "not loaded" }
      return [plane(.now, words(order.isLoaded), words(!order.isLoaded), nil)]
    case .setSELinux(let order):
      return [plane(.now, order.text(order.after), order.text(order.before), nil)]
    case .setUnit(.run(_, let isRunning)):
      return [plane(.now, SetUnit.text(isRunning), SetUnit.text(!isRunning), nil)]
    case .setUnit: return []
    case .editAuditRules(let order):
      return order.edits.filter { $0.address == address && $0.before != $0.after }.map {
        plane(.now, $0.after ? $0.text : nil, $0.before ? $0.text : nil, nil)
      }
    case .compileAuditRules: return []
    case .setAuditStatus(let order):
      return [plane(.now, order.after.text, order.before.text, nil)]
    case .setAttributes(let order):
      return [plane(.file, order.after.summary, order.before.summary, order.path)]
    case .editAccount(let order):
      return [plane(.file, order.after?.summary, order.before?.summary, order.account.place)]
    case .editRows(let order):
      return [
        plane(
          .file, order.edits.summary(\.after), order.edits.summary(\.before), order.account.place)
      ]
    }
  }

  /// What has to be at hand to lay the step over a host.
  var contents: [Digest] {
    switch self {
    case .writeFile(let order):
      if case .file(let digest) = order.after.form { [digest] } else { [] }
    case .editRows(let order): order.contents
    default: []
    }
  }
}

extension [RowEdit] {
  /// How many rows there are on one side; nil for none.
  fileprivate func summary(_ side: (RowEdit) -> [AccountRow]) -> String? {
    let count = reduce(0) { $0 + side($1).count }
    return count == 0 ? nil : count == 1 ? "one row" : "\(count) rows"
  }
}

extension String {
  fileprivate var lastLine: String { split(at: "\n").last.map(String.init) ?? self }
}

extension FileState {
  fileprivate var presence: String? { form == .absent ? nil : summary }
}
