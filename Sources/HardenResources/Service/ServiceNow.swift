internal import HardenModel
internal import HardenSystem

/// What systemd runs of a unit, and whether that follows the unit's files.
struct ServiceNow {
  private let service: Service
  private let sandbox: ServiceSandbox?
  /// Its state in systemd's word.
  private let state: String
  private let isActive: Bool
  /// Whether systemd has read what the files say.
  private let isRead: Bool
  /// What has to be read again where nothing is about to change.
  private let path: String
  /// What tells this start of the process from the next; nil where its files are not newer.
  private let outdated: String?
  /// Active units that start it by themselves.
  private let triggers: [String]

  /// Asks systemd, as it is or would be.
  init(
    _ service: Service, _ found: UnitEnablement, _ sandbox: ServiceSandbox?,
    _ host: borrowing Host
  ) throws(SystemError) {
    self.service = service
    self.sandbox = sandbox
    let units = try host.units().states
    let unit = units[service.unit]
    state = unit?.active ?? "inactive"
    isActive = unit?.isActive ?? false
    let mask = "\(UnitFile.folder)/\(service.unit)"
    var isRead = true
    if let unit, (unit.load == "masked") != (found.file.mask != nil) {
      isRead = try !host.isUnread([mask])
    }
    var outdated: String?
    if let sandbox, isActive, !host.isRestartPlanned(ofUnit: service.unit),
      let start = try host.start(ofUnit: service.unit)
    {
      let changed = try host.inode(sandbox.path)?.modified
      if let changed, start.at < changed { outdated = start.invocation }
      if !sandbox.steps.isEmpty { outdated = start.invocation }
      if isRead, sandbox.steps.isEmpty, changed != nil {
        isRead = try !host.isUnread([sandbox.path])
      }
    }
    self.isRead = isRead
    self.outdated = outdated
    path = sandbox?.path ?? mask
    let stops = service.running == false && isActive
    let stem = UnitName(service.unit)?.stem ?? ""
    triggers = ["socket", "timer", "path"].map { "\(stem).\($0)" }.filter {
      stops && $0 != service.unit && units[$0]?.isActive == true
    }
  }

  /// `observation` with the plane NOW in front and the steps that bring it.
  func compared(_ observation: Observation) -> Observation {
    var observation = observation
    let running = service.running
    let isRight = running == nil || running == isActive
    let isOld = isActive && outdated != nil && running != false
    observation.planes.insert(
      PlaneState(
        .now,
        observed: !isRead
          ? "\(state), by files that have changed"
          : isOld ? "\(state), older than its files" : state,
        wanted: isOld ? "active, started anew" : running.map(SetUnit.text) ?? state,
        holds: isRight && isRead && !isOld,
        awaits: isRight && isRead && isOld && running == nil ? .reboot : nil), at: 0)
    for trigger in triggers {
      observation.notes.append("\(trigger) is active and starts it again; stop that as well")
    }
    if !isRead, observation.steps.isEmpty {
      observation.steps.append(.setUnit(.reload(paths: [path])))
    }
    guard let running else { return observation }
    if running != isActive {
      observation.steps.insert(
        .setUnit(.run(unit: service.unit, isRunning: running)),
        at: running ? observation.steps.count : 0)
    } else if isOld, let outdated {
      observation.steps.append(
        .setUnit(.restart(unit: service.unit, invocation: outdated)))
    }
    return observation
  }
}
