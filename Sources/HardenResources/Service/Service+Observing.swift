package import HardenCore
package import HardenModel
package import HardenSystem

extension Service {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    guard let name = UnitName(unit) else {
      return Observation(.refused("it cannot be the name of a unit"))
    }
    let found = try UnitEnablement(name, host)
    if let standing = standing(found) { return Observation(standing) }
    let runs = (running != nil || !sandbox.isEmpty && host.hasServiceManager) && host.isLive
    guard !runs || host.hasServiceManager else {
      return Observation(
        .unmeasured("no systemd runs here, so nothing tells whether \(unit) is active"))
    }
    var observation = Observation(planes: [])
    var files: [WriteFile] = []
    if let why = try compareBoot(&observation, found, &files, host) {
      return Observation(.refused(why), planes: observation.planes)
    }
    observation.steps = files.map(Step.writeFile)
    let directives = sandbox.isEmpty ? nil : try ServiceSandbox(self, found.file, host)
    if let directives {
      observation.planes.insert(directives.plane, at: 0)
      if let why = directives.refusal {
        return Observation(.refused(why), planes: observation.planes)
      }
      observation.steps += directives.steps
    }
    let paths = observation.steps.compactMap(\.path)
    if runs {
      observation = try ServiceNow(self, found, directives, host).compared(observation)
    }
    if host.hasServiceManager, !paths.isEmpty {
      observation.steps.append(.setUnit(.reload(paths: paths)))
    }
    // What several changes break only together shows on the host as planned.
    if observation.holds { observation.risks = try ServiceRisks(self, host).sentences }
    return observation
  }

  /// Why the unit cannot be compared; nil where it can.
  private func standing(_ found: UnitEnablement) -> Observation.Standing? {
    if found.file.isMissing {
      return isMissingAllowed
        ? .notApplicable("there is no \(unit)")
        : .refused("there is no such unit; install its package, or say if_missing: skip")
    }
    if found.state == .alias, let other = found.file.other {
      return .refused("it is only another name of \(other); name that in the playbook")
    }
    guard masked == nil, let mask = found.file.mask, enabled == true || running == true else {
      return nil
    }
    return .refused("\(mask) masks it; say masked: false as well")
  }

  // MARK: The next boot

  /// Adds the plane BOOT and what has to be written; answers with the reason where that cannot be.
  private func compareBoot(
    _ observation: inout Observation, _ found: UnitEnablement, _ files: inout [WriteFile],
    _ host: borrowing Host
  ) throws(SystemError) -> String? {
    guard enabled != nil || masked != nil else { return nil }
    let isMaskRight = masked == nil || masked == found.isMasked
    let starter = enabled == nil ? nil : try found.starter(host)
    let isLinked = try found.isEnabled(host) || (found.state == .static && starter != nil)
    let isRight = enabled == nil || isMasked(found) || enabled == isLinked
    let mask = found.isMasked ? found.file.mask : nil
    let place = mask ?? (found.state == .static ? starter : nil) ?? found.place
    observation.planes.append(
      PlaneState(
        .boot, observed: found.text, wanted: isMaskRight && isRight ? found.text : wantedText,
        holds: isMaskRight && isRight, observedAt: place.map { Place($0) }))
    if !isMaskRight, let why = try changeMask(found, &files, host) { return why }
    guard !isRight, let enabled else { return nil }
    if !enabled {
      files += try found.disabling(host)
      return starter.map { "\($0) starts it whatever links say; say masked: true" }
    }
    switch found.state {
    case .static:
      return "it has no [Install] section, so that nothing can enable it; other units start it"
    case .generated, .transient:
      return "\(found.file.path ?? unit) is \(found.state.rawValue); change what it comes from"
    case .enabled, .enabledRuntime, .disabled, .indirect, .alias: break
    }
    switch try found.enabling(host) {
    case .refused(let why): return why
    case .steps(let steps):
      files += steps
      return steps.isEmpty ? "its [Install] section names no link of its own" : nil
    }
  }

  /// Whether a mask answers for the links, and is there to stay.
  private func isMasked(_ found: UnitEnablement) -> Bool {
    enabled == false && found.isMasked && masked != false
  }

  private var wantedText: String {
    if masked == true { return "masked" }
    return enabled.map { $0 ? "enabled" : "disabled" } ?? "not masked"
  }

  private func changeMask(
    _ found: UnitEnablement, _ files: inout [WriteFile], _ host: borrowing Host
  ) throws(SystemError) -> String? {
    let path = "\(UnitFile.folder)/\(unit)"
    let target = try host.linkTarget(path)
    if masked == false {
      guard target == "/dev/null" else {
        return "\(found.file.mask ?? path) masks it and is not ours to remove"
      }
      files.append(
        WriteFile(path: path, before: FileState(.link("/dev/null")), after: .absent))
      return nil
    }
    guard try host.inode(path) == nil else {
      return "\(path) describes the unit, where its mask would be; move that file away first"
    }
    files.append(WriteFile(path: path, before: .absent, after: FileState(.link("/dev/null"))))
    return nil
  }
}
