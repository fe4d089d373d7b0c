package import HardenCore
package import HardenModel
package import HardenSystem

extension Mount {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      if let hiding, let why = try ProcessHiding.refusal(of: hiding, host) {
        return Observation(.refused(why))
      }
      let live = try host.mount(path)
      let boot = try MountBoot.of(path, on: host)
      if live == nil, case .nothing = boot {
        guard isBind else { return Observation(.notApplicable("\(path) is no mount point")) }
        return try binding(boot, host)
      }
      return try comparison(live, boot, host)
    } catch {
      return try PathPlace.observation(error)
    }
  }

  private func comparison(_ live: MountPoint?, _ boot: MountBoot, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    var observation = Observation(planes: [])
    if let live {
      let after = applied(to: live.flags)
      let holds = after == live.flags
      // What is sealed as a whole cannot be written through any of its mounts.
      let isSealed = live.superOptions.contains(MountFlag.readOnly.rawValue)
      let found = Self.text(live.flags) + (isSealed ? ", file system ro" : "")
      if isSealed, forbidden.contains(.readOnly) {
        return Observation(
          .refused(
            "its file system is read-only as a whole, as after an error; mount -o remount,rw once "
              + "the cause is known"),
          planes: [PlaneState(.now, observed: found, wanted: Self.text(after), holds: false)])
      }
      observation.planes.append(
        PlaneState(.now, observed: found, wanted: Self.text(after), holds: holds))
      if !holds {
        let touched = after.symmetricDifference(live.flags)
        observation.steps.append(
          .setMountAttributes(
            SetMountAttributes(
              path: path, before: live.flags.sorted(in: touched),
              after: after.sorted(in: touched))))
      }
    } else if host.isLive, isBind {
      return try binding(boot, host)
    }
    if let why = try addBoot(boot, live, host, to: &observation) {
      return Observation(.refused(why), planes: observation.planes)
    }
    if observation.differs {
      try check(&observation, host)
      observation.add(try MountRisks(self, live, host))
      observation.notes += try MountNamespaces.notes(path, on: host)
      observation.notes += try PackageScripts.notes(self, host)
    }
    return observation
  }

  /// Compares the durable half; answers with what stands in its way.
  private func addBoot(
    _ boot: MountBoot, _ live: MountPoint?, _ host: borrowing Host,
    to observation: inout Observation
  ) throws(SystemError) -> String? {
    switch boot {
    case .line(let line):
      let file = MountFile(line, for: self)
      let place = Place(MountBoot.table, line: line.number)
      let flags = MountOptions.flags(line.options)
      let after = MountOptions.flags(file.options)
      let holds = file.edits.isEmpty
      observation.planes += [
        PlaneState(
          .file, observed: Self.list(line.options), wanted: Self.list(file.options),
          holds: holds, observedAt: place, wantedAt: holds ? nil : place),
        PlaneState(
          .boot, observed: Self.text(flags), wanted: Self.text(after), holds: holds,
          observedAt: place, wantedAt: holds ? nil : place),
      ]
      if !holds {
        if !file.isSettled {
          return
            "the options of its line (\(place)) contradict one another; put them in order by hand"
        }
        observation.steps.append(
          .editFile(EditFile(path: MountBoot.table, format: .fstab, edits: file.edits)))
      }
      return nil
    case .unit(let path, let number, let options, let line):
      let flags = MountOptions.flags(options)
      let after = applied(to: flags)
      let place = Place(path, line: number)
      let replaced = line.flatMap { flags == after ? nil : replacing($0) }
      if let replaced {
        observation.planes.append(
          PlaneState(
            .file, observed: nil, wanted: Self.list(replaced), holds: false,
            wantedAt: Place(MountBoot.table)))
      }
      observation.planes.append(
        PlaneState(
          .boot, observed: Self.text(flags), wanted: Self.text(after), holds: flags == after,
          observedAt: place, wantedAt: replaced.map { _ in Place(MountBoot.table) }))
      if let replaced {
        let list = replaced.joined(separator: ",")
        observation.steps.append(
          adding("tmpfs \(FstabFile.escaped(self.path)) tmpfs \(list) 0 0"))
        observation.notes.append("a line in /etc/fstab comes before \(path)")
        return nil
      }
      return flags == after
        ? nil
        : "\(place) says how it is mounted at boot, and /etc/fstab does not count; "
          + "change its Options= there"
    case .kernel(let flags):
      let after = applied(to: flags)
      let holds = flags == after
      observation.planes.append(
        PlaneState(
          .boot, observed: Self.text(flags), wanted: Self.text(after), holds: holds,
          observedAt: Place("systemd"), wantedAt: holds ? nil : Place(MountBoot.table)))
      if !holds {
        observation.planes.insert(
          PlaneState(
            .file, observed: nil, wanted: Self.text(after), holds: false,
            wantedAt: Place(MountBoot.table)), at: observation.planes.count - 1)
        observation.steps.append(adding(kernelLine(after, live)))
      }
      return nil
    case .twice(let lines):
      let numbers = lines.map { "\($0.number)" }.joined(separator: " and ")
      return "/etc/fstab has more than one line for it (\(numbers)); take all but one away"
    case .nothing:
      if isBind {
        addBinding(to: &observation)
        return nil
      }
      return "nothing mounts it at boot that harden could change; give it a line in /etc/fstab"
    }
  }

  /// The options of `line` with what is wanted; nil where they cannot be brought to it.
  private func replacing(_ line: FstabFile.Line) -> [String]? {
    let file = MountFile(line, for: self)
    return file.isSettled ? file.options : nil
  }

  /// A remount takes its flags from the line alone, so the line has to name all of them.
  private func kernelLine(_ flags: Set<MountFlag>, _ live: MountPoint?) -> String {
    let type = [
      "/proc": "proc", "/sys": "sysfs", "/dev": "devtmpfs", "/dev/pts": "devpts",
      "/sys/fs/cgroup": "cgroup2",
    ]
    let name = live?.type ?? type[path] ?? "tmpfs"
    return "\(name) \(FstabFile.escaped(path)) \(name) \(Self.words(flags)) 0 0"
  }

  private func adding(_ line: String) -> Step {
    .editFile(
      EditFile(
        path: MountBoot.table, format: .fstab,
        edits: [
          UnitEdit(
            address, unit: FstabFile.escaped(path), before: nil, after: line)
        ],
        creation: .ofRoot(Mode(0o644))))
  }

  // MARK: Bind mounts

  /// The directory is to be mounted onto itself, and what `boot` does about it at the next one.
  private func binding(_ boot: MountBoot, _ host: borrowing Host) throws(SystemError)
    -> Observation
  {
    guard let inode = try host.inode(path) else {
      return Observation(.refused("there is no such directory; let another resource make it"))
    }
    if let why = try PathPlace.obstacle(inode, at: path, wanting: .directory, on: host) {
      return Observation(.refused(why))
    }
    if let why = try denial(host) { return Observation(.refused(why)) }
    var observation = Observation(planes: [])
    if host.isLive {
      let parent = try host.mount(holding: path)
      let flags = applied(to: parent?.flags ?? [.relatime])
      observation.planes.append(
        PlaneState(
          .now, observed: nil, wanted: "mounted onto itself, \(Self.text(flags))", holds: false))
      observation.steps.append(
        .bindMount(BindMount(path: path, flags: flags.sorted(), isMounted: true)))
      observation.add(try MountRisks(self, parent, host))
    }
    if let why = try addBoot(boot, nil, host, to: &observation) {
      return Observation(.refused(why), planes: observation.planes)
    }
    try check(&observation, host)
    return observation
  }

  /// Whether the table would be worse than it is; what is wrong with this mount's own line already is
  /// said.
  private func check(_ observation: inout Observation, _ host: borrowing Host) throws(SystemError) {
    var edits: [UnitEdit] = []
    for case .editFile(let order) in observation.steps where order.path == MountBoot.table {
      edits += order.edits
    }
    guard !edits.isEmpty else { return }
    var table = try MountBoot.file(host)
    let before = try FstabCheck.of(host)
    for edit in edits { table.apply(edit) }
    let after = try FstabCheck(table, on: host)
    observation.notes += before.sentences(for: path).map { "as it is, \($0)" }
    observation.risks += after.sentences(besides: before).map { "with this, \($0)" }
  }

  /// Why an enforcing SELinux would not have it mounted at boot, where what harden does now is done
  /// by a process that it trusts more.
  private func denial(_ host: borrowing Host) throws(SystemError) -> String? {
    guard try host.selinux(nil)?.isOn == true,
      let denied = try host.selinuxDenies("/usr/bin/mount", "mounton", on: "dir", at: path)
    else { return nil }
    return
      "SELinux lets what mounts at boot (\(denied.domain)) not mount over \(denied.target); turn its "
      + "boolean allow_mount_anyfile on (mount_anyfile in Fedora), or give \(path) a label that it may "
      + "mount over"
  }

  /// The line that mounts it onto itself at boot; `nofail`, so that a missing directory does not
  /// stop the boot, and never checked by fsck.
  private func addBinding(to observation: inout Observation) {
    let flags = applied(to: [.relatime])
    let name = FstabFile.escaped(path)
    let line = "\(name) \(name) none bind,nofail,\(Self.words(flags)) 0 0"
    observation.planes += [
      PlaneState(
        .file, observed: nil, wanted: line, holds: false, wantedAt: Place(MountBoot.table)),
      PlaneState(
        .boot, observed: nil, wanted: Self.text(flags), holds: false,
        wantedAt: Place(MountBoot.table)),
    ]
    observation.steps.append(adding(line))
  }

  // MARK: Words

  private static func text(_ flags: Set<MountFlag>) -> String {
    (flags.contains(.readOnly) ? "" : "rw,") + flags.sorted().text
  }

  private static func words(_ flags: Set<MountFlag>) -> String {
    flags.sorted().filter { $0 != .relatime }.map(\.rawValue).reduce("defaults") { "\($0),\($1)" }
  }

  private static func list(_ options: [String]) -> String {
    options.isEmpty ? "defaults" : options.joined(separator: ",")
  }
}

extension Observation {
  fileprivate mutating func add(_ found: MountRisks) {
    risks += found.sentences
    notes += found.notes
  }
}
