package import HardenCore
package import HardenModel
package import HardenSystem

extension KernelModule {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    if try host.isBuiltIn(name) {
      return Observation(
        .refused("it is built into this kernel, so that only another kernel is without it"),
        planes: [PlaneState(.now, observed: "built in", wanted: "not loaded", holds: false)])
    }
    var observation = Observation(planes: [])
    if host.isLive { try compareNow(&observation, host) }
    if let why = try compareBoot(&observation, host) {
      return Observation(.refused(why), planes: observation.planes)
    }
    if observation.differs { observation.risks += try risks(host) }
    return observation
  }

  private func compareNow(_ observation: inout Observation, _ host: borrowing Host)
    throws(SystemError)
  {
    let loaded = try host.loadedModule(name)
    let isUsed = (loaded?.users ?? 0) > 0
    observation.planes.append(
      PlaneState(
        .now, observed: loaded == nil ? "not loaded" : isUsed ? "loaded, in use" : "loaded",
        wanted: "not loaded", holds: loaded == nil, awaits: isUsed ? .reboot : nil))
    if let loaded, isUsed {
      let holders = loaded.holders.isEmpty ? "" : ": \(loaded.holders.joined(separator: ", "))"
      observation.notes.append(
        "it is in use (\(loaded.users)\(holders)), so it stays until the next boot")
    } else if loaded != nil {
      observation.steps.append(.loadModule(LoadModule(name, isLoaded: false)))
    }
  }

  /// Adds what modprobe would do; answers with the reason where that cannot be changed.
  private func compareBoot(_ observation: inout Observation, _ host: borrowing Host)
    throws(SystemError) -> String?
  {
    let configuration = try ModuleConfiguration.of(host)
    let install = configuration.install(name)
    let isBlacklisted = configuration.isBlacklisted(name)
    let isBlocked = install?.isBlocking ?? false
    let words = [install.map { "install \($0.rest)" }, isBlacklisted ? "blacklist" : nil]
    let text = words.compactMap { $0 }.joined(separator: ", ")
    let own = ModuleConfiguration.ownPath
    let holds = isBlocked && isBlacklisted
    observation.planes.append(
      PlaneState(
        .boot, observed: text.isEmpty ? "loaded on demand" : text,
        wanted: holds ? text : "install /bin/false, blacklist", holds: holds,
        observedAt: install?.place, wantedAt: holds ? nil : Place(own)))
    var edits: [UnitEdit] = []
    func add(_ line: String) {
      edits.append(UnitEdit(address, unit: line, before: nil, after: line))
    }
    if !isBlocked { add("install \(name) /bin/false") }
    if !isBlacklisted { add("blacklist \(name)") }
    if !edits.isEmpty {
      if try host.inode("/etc/modprobe.d") == nil { observation.steps.append(Self.directory) }
      observation.steps.append(
        .editFile(
          EditFile(
            path: own, format: .lines, edits: edits,
            creation: .ofRoot(Mode(0o644)))))
    }
    guard !isBlocked, let install, Self.precedesOwn(install.place.path) else { return nil }
    guard install.place.path.hasPrefix("/etc/"), let line = install.text, install.module == name
    else {
      return "\(install.place) runs \(install.rest) for it and is not ours to edit"
    }
    observation.notes.append("\(install.place) is commented out; it would win at the next boot")
    observation.steps.append(
      .editFile(
        EditFile(
          path: install.place.path, format: .lines,
          edits: [UnitEdit(address, unit: line, before: line, after: "# \(line)")])))
    return nil
  }

  /// Whether the file at `path` is read before ours, or is ours.
  private static func precedesOwn(_ path: String) -> Bool {
    !"00-harden.conf".utf8.lexicographicallyPrecedes(path.lastComponent.utf8)
  }

  private static let directory = Step.writeFile(
    WriteFile(
      path: "/etc/modprobe.d", before: .absent,
      after: FileState(.directory, .ofRoot(Mode(0o755)))))

  // MARK: What needs it

  /// What would not work without the module, one sentence each.
  private func risks(_ host: borrowing Host) throws(SystemError) -> [String] {
    var risks: [String] = []
    if let loaded = try host.loadedModule(name), loaded.users > 0 {
      let holders = loaded.holders.isEmpty ? "" : " (\(loaded.holders.joined(separator: ", ")))"
      risks.append("\(name) is in use\(holders), and would be missing after the next boot")
    }
    for line in try MountBoot.file(host).mounts
    where line.type.split(at: ",").contains(where: { $0 == name }) {
      risks.append("\(MountBoot.table):\(line.number) mounts \(line.target) with \(name)")
    }
    for (module, folder, who) in Self.users where module == name {
      if try !host.entries(folder).isEmpty { risks.append("\(who) in \(folder) need \(name)") }
    }
    return risks
  }

  /// Folders that are there where something is mounted by means of a module.
  private static let users = [
    ("squashfs", "/var/lib/snapd/snaps", "snaps"),
    ("overlay", "/var/lib/docker/overlay2", "containers"),
    ("overlay", "/var/lib/containers/storage/overlay", "containers"),
    ("overlay", "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs", "containers"),
  ]
}
