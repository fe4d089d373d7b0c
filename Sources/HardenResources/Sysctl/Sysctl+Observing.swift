package import HardenCore
package import HardenModel
package import HardenSystem

extension Sysctl {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    guard !isPattern else { return unmatched(host.isLive) }
    let now = try SysctlNow.of(key, on: host)
    var planes: [PlaneState] = []
    var steps: [Step] = []
    var current: String?
    switch now {
    case .offline: break
    case .absent: return missing("the kernel has no such key")
    case .writeOnly:
      return Observation(
        .refused("the key can only be written, so there is nothing to compare; leave it out"))
    case .unreadable(let why): return Observation(.unmeasured(why))
    case .value(let value, let isWritable):
      current = value
      let holds = wanted.accepts(value)
      // What the kernel does not take back, the next boot does.
      let isStuck = !holds && key.isOneWay(value)
      planes.append(
        PlaneState(
          .now, observed: value, wanted: holds ? value : wanted.set, holds: holds,
          awaits: isStuck ? .reboot : nil))
      if !isWritable {
        return holds
          ? Observation(planes: planes)
          : Observation(.refused("the kernel lets nobody change it"), planes: planes)
      }
      if let why = SysctlValue.mismatch(of: wanted.set, with: value, for: key) {
        return Observation(.refused(why), planes: planes)
      }
      if isStuck, isPersistent == false {
        return Observation(
          .refused("the kernel does not take \(value) back before the next boot"), planes: planes)
      }
      if !holds, !isStuck { steps.append(.setSysctl(try order(from: value, on: host))) }
    }

    guard isPersistent != false else { return try unkept(planes, steps, current, host) }
    let sources = try SysctlSources.of(host)
    guard sources.unreadable.isEmpty else {
      return Observation(.unmeasured(sources.unreadable.joined(separator: "; ")), planes: planes)
    }
    if let form = sources.ownForm, form != .file {
      return Observation(
        .refused("\(SysctlSources.ownPath) is not a regular file; move it away"), planes: planes)
    }
    let durable = try durable(sources, current: current, owner: owner, host)
    planes += durable.planes
    steps += durable.steps
    if let refusal = durable.refusal { return Observation(.refused(refusal), planes: planes) }
    return Observation(
      planes: planes, steps: steps, notes: notes(steps) + durable.notes,
      risks: try risks(steps, current, host))
  }

  /// What the running kernel alone comes to.
  private func unkept(
    _ planes: [PlaneState], _ steps: [Step], _ current: String?, _ host: borrowing Host
  ) throws(SystemError) -> Observation {
    guard host.isLive else {
      return Observation(.unmeasured("only the running kernel is to hold it, and none runs here"))
    }
    return Observation(
      planes: planes, steps: steps, notes: notes(steps), risks: try risks(steps, current, host))
  }

  private func risks(_ steps: [Step], _ current: String?, _ host: borrowing Host)
    throws(SystemError) -> [String]
  {
    steps.isEmpty
      ? [] : try SysctlRisks(key: key, value: wanted.set, current: current).sentences(host)
  }

  private func missing(_ what: String) -> Observation {
    Observation(
      isMissingAllowed
        ? .notApplicable("unsupported: \(what)")
        : .refused("\(what); load what provides it, or say if_missing: skip"))
  }

  private func unmatched(_ isLive: Bool) -> Observation {
    isLive
      ? missing("the kernel has no key that matches")
      : Observation(.unmeasured("which keys match is known to the running kernel only"))
  }

  private func order(from before: String, on host: borrowing Host) throws(SystemError) -> SetSysctl
  {
    var order = SetSysctl(
      key, before: before, after: wanted.set, oneWay: key.isOneWay(wanted.set))
    for pattern in key.affected {
      for other in try host.sysctls(matching: pattern) {
        guard let after = key.effect(of: wanted.set, on: other),
          let before = try? host.sysctl(other),
          !SysctlValue.same(before, after)
        else { continue }
        order.effects.append(SetSysctl.Effect(other, before: before, after: after))
      }
    }
    return order
  }

  private func notes(_ steps: [Step]) -> [String] {
    var notes: [String] = []
    for case .setSysctl(let order) in steps {
      if order.oneWay {
        notes.append("the kernel does not take this back before the next boot")
        switch key.path {
        case "kernel/unprivileged_bpf_disabled":
          notes.append("2 forbids the same and can be taken back")
        case "kernel/yama/ptrace_scope":
          notes.append("2 forbids it to all but administrators and can be taken back")
        default: break
        }
      }
      if key.losesAddresses, order.after != "0" {
        notes.append("the interface loses its IPv6 addresses, and undoing does not bring them back")
      }
      notes += order.effects.map {
        "the kernel also changes \($0.key): \($0.before) -> \($0.after)"
      }
    }
    return notes
  }
}
