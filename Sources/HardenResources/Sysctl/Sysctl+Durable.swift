internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// The durable half of a kernel parameter: our own file, and whether it wins at the next boot.
struct SysctlDurable {
  var planes: [PlaneState] = []
  var steps: [Step] = []
  var notes: [String] = []
  var refusal: String?
}

extension Sysctl {
  /// Compares our own file and the next boot; `current` is what the running kernel holds.
  func durable(
    _ sources: SysctlSources, current: String?, owner: Owner, _ host: borrowing Host
  ) throws(SystemError) -> SysctlDurable {
    var durable = SysctlDurable()
    let path = SysctlSources.ownPath
    let block = sources.own.block(key.path)
    let held = block.flatMap { SysctlAssignment.all(in: Array($0.utf8), of: path).last?.value }
    let holds = held.map(wanted.accepts) ?? false
    let value = holds ? held ?? "" : wanted.durable(where: current)

    durable.planes.append(
      PlaneState(
        .file, observed: held, wanted: value, holds: holds,
        observedAt: held == nil ? nil : Place(path, line: sources.own.line(of: key.path)),
        wantedAt: holds ? nil : Place(path)))
    if !holds {
      if try host.inode("/etc/sysctl.d") == nil { durable.steps.append(Self.directory) }
      durable.steps.append(
        .editFile(
          EditFile(
            path: path, format: .sysctl,
            edits: [
              UnitEdit(
                address, unit: key.path, before: block,
                after: SysctlFile.block(
                  key, value: value, playbook: owner.playbook, control: owner.control))
            ],
            creation: .ofRoot(Mode(0o644)))))
    }

    let own = SysctlAssignment(key: key.path, value: value, place: Place(path))
    let rivals = SysctlRivals.of(own, for: key, wanted: wanted, in: sources)
    let boot = sources.boot(of: key)
    let bootHolds = boot.map { wanted.accepts($0.value) } ?? false
    durable.planes.append(
      PlaneState(
        .boot, observed: boot?.value, wanted: bootHolds ? boot?.value : value, holds: bootHolds,
        observedAt: boot?.place, wantedAt: bootHolds ? nil : Place(path)))
    durable.refusal = rivals.refusal
    durable.notes = rivals.lines.map {
      "\($0.place) is commented out; it would win at the next boot"
    }
    durable.notes += try LaterSetter.all(on: host).compactMap { $0.sentence(on: key, wanted) }
    durable.steps += rivals.lines.compactMap { rival in
      rival.line.map { line in
        .editFile(
          EditFile(
            path: rival.place.path, format: .lines,
            edits: [
              UnitEdit(address, unit: line, before: line, after: SysctlRivals.commentedOut(line))
            ]))
      }
    }
    return durable
  }

  private static let directory = Step.writeFile(
    WriteFile(
      path: "/etc/sysctl.d", before: .absent,
      after: FileState(.directory, .ofRoot(Mode(0o755)))))
}
