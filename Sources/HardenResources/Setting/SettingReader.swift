internal import HardenModel
internal import HardenSystem

/// The running process that a file is for, and whether it has read what the file says.
struct SettingReader {
  private let unit: String
  private let owner: ConfigurationOwner
  private let paths: [String]
  /// Whether it takes a new value while it runs.
  private let isWilling: Bool
  private let isOutdated: Bool
  /// Whether it only takes the value when it starts, and can start anew at any time.
  private let startsAnew: Bool

  /// Who holds what `paths` say of `setting`; nil where nobody does.
  init?(_ setting: Setting, _ paths: [String], _ host: borrowing Host) throws(SystemError) {
    guard host.isLive, let owner = ConfigurationOwner.of(setting.file),
      let unit = try host.holder(owner)
    else { return nil }
    self.owner = owner
    self.unit = unit
    self.paths = paths
    startsAnew = owner == .auditd && setting.key == "name_format"
    let isWilling = owner.takes(setting.key)
    self.isWilling = isWilling
    let key = "\(unit) \(isWilling) \(paths.joined(separator: " "))"
    isOutdated = try host.once("reader \(key)") { host throws(SystemError) in
      try host.isOutdated(unit, owner, by: paths, fromStart: !isWilling)
    }
  }

  /// `observation` of the file with the plane NOW in front, and the step that brings it.
  func compared(_ observation: Observation) -> Observation {
    guard observation.standing == .measured, let file = observation.planes.first else {
      return observation
    }
    var observation = observation
    if file.holds || isWilling {
      observation.planes.insert(
        PlaneState(
          .now, observed: isOutdated ? "\(unit), older than its files" : file.observed,
          wanted: file.wanted, holds: file.holds && !isOutdated,
          awaits: isWilling ? nil : .reboot), at: 0)
    }
    guard isWilling else {
      observation.notes.append(
        "\(unit) takes it at its next start only, which would stop what it runs; "
          + "systemctl restart \(unit) does so before the next boot")
      return observation
    }
    guard !file.holds || isOutdated else { return observation }
    if startsAnew {
      observation.notes.append(
        "\(unit) starts anew for it, and what it misses meanwhile is in the kernel's log")
    }
    let changed = observation.steps.compactMap(\.path)
    observation.steps.append(
      .setUnit(
        .reread(
          unit: unit, owner: owner, paths: paths + changed.filter { !paths.contains($0) })))
    return observation
  }
}
