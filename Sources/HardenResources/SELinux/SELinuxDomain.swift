internal import HardenModel
internal import HardenSystem

/// Whether one type of processes is permissive: in the kernel, in the policy that the next boot loads,
/// and in the store from which semanage makes that policy.
struct SELinuxDomain {
  let name: String
  let isPermissive: Bool
  let address: Address

  init(_ name: String, isPermissive: Bool, _ address: Address) {
    (self.name, self.isPermissive, self.address) = (name, isPermissive, address)
  }

  private static func text(_ isPermissive: Bool) -> String {
    isPermissive ? "permissive" : "enforcing"
  }

  func observe(_ host: borrowing Host) throws(SystemError) -> Observation {
    guard let policy = try host.policyName() else {
      return Observation(.notApplicable("SELinux is off here"))
    }
    guard let path = try SELinuxBoolean.policyPath(policy, on: host) else {
      return Observation(
        .refused("no policy is installed below /etc/selinux/\(policy); install one first"))
    }
    guard let installed = try SELinuxBoolean.policy(at: path, on: host) else {
      return Observation(.unmeasured("the policy \(path) has a form that harden does not know"))
    }
    guard let start = installed.isPermissive(name) else {
      return Observation(.refused(unknown(to: installed, policy)))
    }
    var observation = Observation(planes: [])
    if host.isLive {
      guard let live = try host.selinux(permissive: name)?.isOn else {
        return Observation(
          .refused("the running policy lacks it and \(path) has it; load the policy first"))
      }
      observation.planes.append(
        PlaneState(
          .now, observed: Self.text(live), wanted: Self.text(isPermissive),
          holds: live == isPermissive))
      if live != isPermissive {
        observation.steps.append(
          .setSELinux(SetSELinux(permissive: name, before: live, after: isPermissive)))
      }
    }
    if let why = try addBoot(path, "/var/lib/selinux/\(policy)/active", start, host, &observation) {
      return Observation(.refused(why), planes: observation.planes)
    }
    guard observation.differs else { return observation }
    if isPermissive {
      observation.notes.append("what the policy denies \(name) will pass, and be recorded only")
    } else {
      observation.risks = try SELinuxEvidence.sentences(of: name, on: host)
    }
    return observation
  }

  /// Why the name is none that could be permissive.
  private func unknown(to installed: SELinuxPolicy, _ policy: String) -> String {
    switch installed.kin(of: name) {
    case .attribute: return "'\(name)' is a group of types in the policy '\(policy)'; name a type"
    case .alias(let type): return "'\(name)' is another name of \(type); name that"
    case nil:
      let nearest = Spelling.nearest(to: name, among: installed.typeNames)
      return "the policy '\(policy)' has no such type"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }
  }

  // MARK: The next boot

  /// Compares the policy and what semanage would make it from; answers with what stands in the way.
  private func addBoot(
    _ path: String, _ store: String, _ start: Bool, _ host: borrowing Host,
    _ observation: inout Observation
  ) throws(SystemError) -> String? {
    var steps: [Step] = []
    var odd: Place?
    // What the modules make of the policy, before local booleans and ports come in. Without it what the
    // policy says is what they say.
    let linked = "\(store)/policy.linked"
    var isLinked = start
    for path in [path, linked, "\(store)/policy.kern"] {
      guard let found = try SELinuxBoolean.policy(at: path, on: host)?.isPermissive(name) else {
        continue
      }
      if path == linked { isLinked = found }
      guard found != isPermissive else { continue }
      odd = odd ?? Place(path)
      let word = { (isOn: Bool) in isOn ? "on" : "off" }
      let unit = UnitEdit(
        address, unit: SELinuxPolicy.permissive(name), before: word(found),
        after: word(isPermissive))
      steps.append(.editFile(EditFile(path: path, format: .policy, edits: [unit])))
    }
    var why: String?
    if try host.inode(store) != nil {
      let module = StoreModule(domain: name, store: store)
      let found = try module.places(on: host)
      if isPermissive, found.isEmpty, !isLinked {
        odd = odd ?? Place(module.folder)
        steps += try module.creation(&observation, on: host)
      } else if !isPermissive, !found.isEmpty {
        odd = odd ?? Place(found[0])
        for place in found { steps += try module.removal(of: place, on: host) }
      } else if !isPermissive, isLinked {
        why = "a module of the policy other than \(module.name) makes it permissive; take that out"
      }
      if isPermissive, !found.isEmpty, try module.isDisabled(on: host) {
        why = "the module \(module.name) is turned off in the store; semodule -e \(module.name)"
      }
    }
    let observed = start == isPermissive && odd != nil ? !isPermissive : start
    observation.planes.append(
      PlaneState(
        .boot, observed: Self.text(observed), wanted: Self.text(isPermissive),
        holds: steps.isEmpty, observedAt: odd ?? Place(path), wantedAt: Place(path)))
    observation.steps += steps
    return why
  }
}
