package import HardenCore
package import HardenModel
package import HardenSystem

extension SELinuxContext {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      guard let policy = try host.policyName() else {
        return Observation(.notApplicable("SELinux is off here"))
      }
      guard let inode = try host.inode(path) else {
        return Observation(
          isMissingAllowed
            ? .notApplicable("there is no \(path)")
            : .refused("there is no such file; make it first, or say if_missing: skip"))
      }
      if case .link = inode.form {
        return Observation(
          .refused("it is a link to \(try host.linkTarget(path) ?? "nowhere"); name its target"))
      }
      return try comparison(inode, policy, host)
    } catch {
      return try PathPlace.observation(error)
    }
  }

  private func comparison(_ inode: Inode, _ policy: String, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    var observation = Observation(planes: [])
    let raw = try Self.raw(path, host)
    let found = Self.text(raw)
    let wanted = label.applied(to: found)
    if let why = try unknown(wanted, policy, host) { return Observation(.refused(why)) }
    observation.planes.append(
      PlaneState(.file, observed: found ?? "no label", wanted: wanted, holds: found == wanted))
    if found != wanted {
      if let why = try PathPlace.lock(inode, at: path, on: host) {
        return Observation(.refused(why), planes: observation.planes)
      }
      observation.steps.append(Self.step(path, inode, from: raw, to: wanted))
    }
    if isRecursive, inode.form == .directory {
      if let why = try descend(inode.mount, host, into: &observation) {
        return Observation(.refused(why), planes: observation.planes)
      }
    }
    try findContainers(host, &observation)
    if isPersistent {
      return try addRule(wanted, policy, inode, host, to: observation)
    }
    if let relabelled = try host.fileLabels()?.label(of: path, mode: Self.mode(inode)),
      label.applied(to: relabelled) != relabelled
    {
      observation.notes.append("a relabel gives it \(relabelled) again; persist: true keeps it")
    }
    return observation
  }

  /// Why nothing can have the label `wanted`; nil when the policy knows it, or nobody can say.
  private func unknown(_ wanted: String, _ policy: String, _ host: borrowing Host)
    throws(SystemError) -> String?
  {
    guard let labels = try host.fileLabels() else { return nil }
    if host.isLive, let isKnown = labels.knows(wanted) {
      return isKnown ? nil : "the policy does not know the label \(wanted)"
    }
    guard let type = label.type else { return nil }
    // An image's policy cannot be asked; what its own rules name is known to it.
    let text = try host.text("/etc/selinux/\(policy)/contexts/files/file_contexts") ?? ""
    return text.contains(":\(type):") || text.contains(":\(type)\n")
      ? nil : "no rule of the policy '\(policy)' names the type \(type)"
  }

  // MARK: What a relabel gives

  private func addRule(
    _ wanted: String, _ policy: String, _ inode: Inode, _ host: borrowing Host,
    to observation: Observation
  ) throws(SystemError) -> Observation {
    var observation = observation
    guard let labels = try host.fileLabels() else {
      return Observation(
        .unmeasured("libselinux, which knows what a relabel gives, is not installed"),
        planes: observation.planes)
    }
    let rule = FileContextRule(
      self, isDirectory: inode.form == .directory, label: wanted, policy: policy)
    let steps = try rule.steps(for: address, on: host)
    let given = labels.label(of: path, mode: Self.mode(inode))
    let place = Place(rule.files[0])
    guard steps.isEmpty else {
      observation.planes.append(
        PlaneState(
          .boot, observed: given, wanted: wanted, holds: false, wantedAt: place))
      observation.steps += steps
      return observation
    }
    // What the library says counts, unless the rule is only planned so far.
    let isPlanned = try host.isPlanned(rule.files[0])
    let holds = isPlanned || given == wanted
    observation.planes.append(
      PlaneState(
        .boot, observed: isPlanned ? wanted : given, wanted: wanted, holds: holds,
        observedAt: place))
    return holds
      ? observation
      : Observation(
        .refused("another rule comes after the one in \(place) and wins; take it out"),
        planes: observation.planes)
  }

  /// Containers may use what has one of their own types, and hardly anything else.
  private func findContainers(_ host: borrowing Host, _ observation: inout Observation)
    throws(SystemError)
  {
    guard !observation.steps.isEmpty, label.type.map({ !Self.ofContainers.contains($0) }) ?? true
    else { return }
    let volumes = try ContainerVolumes.of(host).below(path, on: nil, host).filter { volume in
      observation.steps.contains {
        $0.target == volume.path || $0.target.hasPrefix("\(volume.path)/")
      }
    }
    guard let text = ContainerVolumes.text(volumes) else { return }
    observation.risks.append(
      "files of \(text) would have a label that SELinux lets containers hardly use")
  }

  private static let ofContainers: Set = [
    "container_file_t", "container_ro_file_t", "svirt_sandbox_file_t", "container_share_t",
  ]

  // MARK: Everything below

  private static let most = 100_000

  /// Compares what lies below on the same mount; answers with what stands in the way.
  private func descend(_ mount: UInt64, _ host: borrowing Host, into observation: inout Observation)
    throws(SystemError) -> String?
  {
    var waiting = [path]
    var count = 0
    while let folder = waiting.popLast() {
      for name in try host.entries(folder) {
        count += 1
        guard count <= Self.most else {
          return "it holds more than \(Self.most) entries; name smaller directories"
        }
        let below = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
        guard let inode = try host.inode(below), inode.mount == mount || inode.mount == 0 else {
          continue
        }
        switch inode.form {
        case .directory: waiting.append(below)
        case .file: break
        case .link, .special: continue
        }
        let raw = try Self.raw(below, host)
        let found = Self.text(raw)
        let wanted = label.applied(to: found)
        guard found != wanted else { continue }
        if let why = try PathPlace.lock(inode, at: below, on: host) { return "\(below): \(why)" }
        observation.planes.append(
          PlaneState(
            .file, observed: "\(below): \(found ?? "no label")", wanted: "\(below): \(wanted)",
            holds: false))
        observation.steps.append(Self.step(below, inode, from: raw, to: wanted))
      }
    }
    return nil
  }

  // MARK: Labels

  private static func raw(_ path: String, _ host: borrowing Host) throws(SystemError) -> Bytes? {
    try host.xattrs(path)[Host.labelAttribute]
  }

  private static func text(_ raw: Bytes?) -> String? {
    raw.map { String(decoding: $0.raw.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func step(_ path: String, _ inode: Inode, from: Bytes?, to: String) -> Step {
    let claim = { (label: Bytes?) in Attributes(xattrs: [Host.labelAttribute: label]) }
    return .setAttributes(
      SetAttributes(
        path: path, isDirectory: inode.form == .directory, before: claim(from),
        after: claim(Bytes(Array(to.utf8) + [0]))))
  }

  private static func mode(_ inode: Inode) -> UInt32 {
    inode.form == .directory ? 0o040000 : 0o100000
  }
}
