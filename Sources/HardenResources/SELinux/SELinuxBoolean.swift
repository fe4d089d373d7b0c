internal import HardenModel
internal import HardenSystem

/// One boolean: in the kernel, in the policy that the next boot loads, and in the store from which
/// semanage makes that policy.
struct SELinuxBoolean {
  let name: String
  let isOn: Bool
  let address: Address

  init(_ name: String, isOn: Bool, _ address: Address) {
    (self.name, self.isOn, self.address) = (name, isOn, address)
  }

  private var wanted: String { isOn ? "on" : "off" }

  func observe(_ host: borrowing Host) throws(SystemError) -> Observation {
    guard let policy = try host.policyName() else {
      return Observation(.notApplicable("SELinux is off here"))
    }
    guard let path = try Self.policyPath(policy, on: host) else {
      return Observation(
        .refused("no policy is installed below /etc/selinux/\(policy); install one first"))
    }
    guard let installed = try Self.policy(at: path, on: host) else {
      return Observation(.unmeasured("the policy \(path) has a form that harden does not know"))
    }
    guard let start = installed.text(of: name) else {
      let nearest = Spelling.nearest(to: name, among: installed.names)
      return Observation(
        .refused(
          "the policy '\(policy)' has no such boolean"
            + (nearest.map { "; did you mean '\($0)'?" } ?? "")))
    }
    var observation = Observation(planes: [])
    if host.isLive {
      guard let live = try host.selinux(name) else {
        return Observation(
          .refused("the running policy lacks it and \(path) has it; load the policy first"))
      }
      observation.planes.append(
        PlaneState(
          .now, observed: live.isOn ? "on" : "off", wanted: wanted, holds: live.isOn == isOn))
      if live.isOn != isOn {
        observation.steps.append(.setSELinux(SetSELinux(name, before: !isOn, after: isOn)))
      }
    }
    try addBoot(policy, path, start, host, to: &observation)
    return observation
  }

  /// The policy is right when the file and all that semanage would make it from are.
  private func addBoot(
    _ policy: String, _ path: String, _ start: String, _ host: borrowing Host,
    to observation: inout Observation
  ) throws(SystemError) {
    let store = "/var/lib/selinux/\(policy)/active"
    var steps: [Step] = []
    var odd: Place?
    for path in [path, "\(store)/policy.kern"] {
      guard let found = try Self.policy(at: path, on: host)?.text(of: name), found != wanted else {
        continue
      }
      odd = odd ?? Place(path)
      steps.append(
        edit(path, .policy, UnitEdit(address, unit: name, before: found, after: wanted)))
    }
    if try host.inode(store) != nil {
      let local = "\(store)/booleans.local"
      let lines = (try host.text(local) ?? "").split(at: "\n").map(String.init)
      let line = lines.last { $0.split(at: "=").first?.trimmed == name }
      let says = line.flatMap { $0.split(at: "=").last?.trimmed }.map { $0 != "0" }
      // Without a line the modules decide, and what they say is what the policy says.
      if line == nil ? !steps.isEmpty : says != isOn {
        odd = odd ?? Place(local)
        let after = "\(name)=\(isOn ? 1 : 0)"
        steps.append(
          edit(local, .lines, UnitEdit(address, unit: after, before: line, after: after)))
      }
    }
    let isWrongInStore = start == wanted && odd != nil
    observation.planes.append(
      PlaneState(
        .boot, observed: isWrongInStore ? isOn ? "off" : "on" : start, wanted: wanted,
        holds: steps.isEmpty, observedAt: odd ?? Place(path), wantedAt: Place(path)))
    observation.steps += steps
  }

  private func edit(_ path: String, _ format: FileFormat, _ edit: UnitEdit) -> Step {
    .editFile(
      EditFile(
        path: path, format: format, edits: [edit],
        creation: format == .lines ? .ofRoot(Mode(0o600)) : nil))
  }

  // MARK: The policy

  /// The binary policy that the next boot loads: the newest version that is there.
  static func policyPath(_ policy: String, on host: borrowing Host) throws(SystemError) -> String? {
    let folder = "/etc/selinux/\(policy)/policy"
    let versions = try host.entries(folder).compactMap { name in
      name.hasPrefix("policy.") ? Int(name.dropFirst("policy.".count)) : nil
    }
    return versions.max().map { "\(folder)/policy.\($0)" }
  }

  /// The policy at `path`, read once for all that ask; nil where there is none or none is known.
  static func policy(at path: String, on host: borrowing Host) throws(SystemError)
    -> SELinuxPolicy?
  {
    try host.once("policy \(path)") { host throws(SystemError) -> SELinuxPolicy? in
      try host.contents(path, limit: Host.contentLimit).flatMap(SELinuxPolicy.init)
    }
  }
}

extension Substring {
  fileprivate var trimmed: String { String(filter { !$0.isWhitespace }) }
}
