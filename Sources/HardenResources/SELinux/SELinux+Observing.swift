package import HardenCore
package import HardenModel
package import HardenSystem

extension SELinux {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      if let boolean { return try SELinuxBoolean(boolean, isOn: isOn, address).observe(host) }
      if let domain {
        return try SELinuxDomain(domain, isPermissive: isOn, address).observe(host)
      }
      guard let config = try SELinuxConfig.of(host) else {
        return Observation(.notApplicable("there is no SELinux here: no \(SELinuxConfig.path)"))
      }
      return try compared(config, host)
    } catch {
      return try PathPlace.observation(error)
    }
  }

  private func compared(_ config: SELinuxConfig, _ host: borrowing Host) throws(SystemError)
    -> Observation
  {
    let live = try host.selinux(nil).map { $0.isOn ? SELinuxConfig.Mode.enforcing : .permissive }
    let absence = host.isLive && live == nil ? try Self.absence(on: host) : nil
    guard try SELinuxBoolean.policyPath(config.policy, on: host) != nil else {
      if let absence { return Observation(.notApplicable(absence)) }
      return Observation(
        .refused("no policy is installed below /etc/selinux/\(config.policy); install one first"))
    }
    let isOff = host.isLive ? live == nil : config.mode == .disabled
    let awaitsLabels = try host.inode(Self.relabel) != nil
    if isOff || awaitsLabels && isOn && live != .enforcing && config.mode != .enforcing {
      var observation = staged(config, live, awaitsLabels, host.isLive)
      let volumes = try ContainerVolumes.of(host).below("/", on: nil, host)
      if observation.differs, let text = ContainerVolumes.text(volumes) {
        observation.notes.append(
          "the relabel gives \(text) the label of its path, and containers may use it only once it has "
            + "theirs (container_file_t)")
      }
      if let absence {
        // The files are made ready all the same: whoever changes the command line boots once.
        observation.notes.append(
          "\(absence); the boot loader has to say security=selinux selinux=1")
      }
      return observation
    }
    return try straight(config, live, host)
  }

  private static let relabel = "/.autorelabel"

  /// SELinux was off, so files lack labels: permissive and a relabel come first, then a boot.
  private func staged(
    _ config: SELinuxConfig, _ live: SELinuxConfig.Mode?, _ awaitsLabels: Bool, _ isLive: Bool
  ) -> Observation {
    var observation = Observation(planes: [])
    let wanted = (isOn ? SELinuxConfig.Mode.enforcing : .permissive).rawValue
    if isLive {
      observation.planes.append(
        PlaneState(
          .now, observed: (live ?? .disabled).rawValue, wanted: wanted,
          holds: live?.rawValue == wanted, awaits: .reboot))
    }
    let isReady = awaitsLabels && config.mode == .permissive
    let first = "permissive, with a relabel"
    observation.planes.append(
      PlaneState(
        .boot, observed: isReady ? first : config.mode.rawValue, wanted: isReady ? wanted : first,
        holds: isReady && !isOn, observedAt: Place(SELinuxConfig.path, line: config.line?.number),
        wantedAt: Place(SELinuxConfig.path), awaits: isReady ? .reboot : nil))
    if isOn {
      observation.notes.append(
        "SELinux was off, so the next boot labels all files; apply again after it for enforcing")
    }
    if !awaitsLabels {
      let file = FileState(.file(Digest(of: [])), .ofRoot(Mode(0o600)))
      observation.contents = [Bytes([])]
      observation.steps.append(
        .writeFile(WriteFile(path: Self.relabel, before: .absent, after: file)))
    }
    if config.mode != .permissive {
      observation.steps.append(config.step(to: .permissive, for: address))
    }
    return observation
  }

  private func straight(
    _ config: SELinuxConfig, _ live: SELinuxConfig.Mode?, _ host: borrowing Host
  ) throws(SystemError) -> Observation {
    var observation = Observation(planes: [])
    let wanted = isOn ? SELinuxConfig.Mode.enforcing : .permissive
    if let live {
      observation.planes.append(
        PlaneState(
          .now, observed: live.rawValue, wanted: wanted.rawValue, holds: live == wanted))
      if live != wanted {
        observation.steps.append(.setSELinux(SetSELinux(nil, before: !isOn, after: isOn)))
      }
    }
    let place = Place(SELinuxConfig.path, line: config.line?.number)
    observation.planes.append(
      PlaneState(
        .boot, observed: config.mode.rawValue, wanted: wanted.rawValue,
        holds: config.mode == wanted, observedAt: place, wantedAt: place))
    if config.mode != wanted { observation.steps.append(config.step(to: wanted, for: address)) }
    if host.isLive,
      let word = try Self.commandLine(host).last(where: { $0.hasPrefix("enforcing=") }
      ), (word != "enforcing=0") != isOn
    {
      return Observation(
        .refused("the kernel's command line says \(word), which wins at boot; change it there"),
        planes: observation.planes)
    }
    if isOn, observation.differs { observation.risks = try SELinuxEvidence.sentences(host) }
    return observation
  }

  /// Why the running kernel has no SELinux that configuration could turn on; nil when it has.
  private static func absence(on host: borrowing Host) throws(SystemError) -> String? {
    if try commandLine(host).contains("selinux=0") {
      return "the kernel's command line turns SELinux off (selinux=0)"
    }
    guard let modules = try host.text("/sys/kernel/security/lsm") else { return nil }
    return modules.split { $0 == "," || $0.isNewline }.contains("selinux")
      ? nil : "the kernel was started without SELinux"
  }

  private static func commandLine(_ host: borrowing Host) throws(SystemError) -> [Substring] {
    try host.text("/proc/cmdline")?.words() ?? []
  }
}
