package import HardenCore
package import HardenModel
internal import HardenSystem

/// A unit of systemd: whether the next boot starts it, whether it may start, whether it runs.
package struct Service: ResourceKind {
  /// The unit with its type, for example `nginx.service`.
  package var unit: String
  /// Whether links start it at boot, or give it its names; nil makes no claim.
  package var enabled: Bool?
  /// Whether nothing can start it.
  package var masked: Bool?
  /// Whether it is active.
  package var running: Bool?
  /// Whether its absence is accepted.
  package var isMissingAllowed: Bool

  /// A claim on `unit`; nil fields make none.
  package init(
    _ unit: String, enabled: Bool? = nil, masked: Bool? = nil, running: Bool? = nil,
    isMissingAllowed: Bool = true
  ) {
    self.unit = unit
    self.enabled = enabled
    self.masked = masked
    self.running = running
    self.isMissingAllowed = isMissingAllowed
  }

  package var address: Address { Address(kind: "service", name: unit) }

  private static let unit = Field<OneOrMany<String>>(
    "unit", required: true, "the unit, or a list of units; without a type it is a service")
  private static let enabled = Field<Bool>(
    "enabled", "whether the links of its [Install] section are there, so that it starts at boot")
  private static let masked = Field<Bool>(
    "masked", "whether it is masked, so that nothing can start it")
  private static let running = Field<Bool>("running", "whether it is active now")

  package static func read(_ fields: inout Fields) -> [Service] {
    let units = fields.read(unit)
    let (enabled, masked, running) = (
      fields.read(enabled), fields.read(masked), fields.read(running)
    )
    let isMissingAllowed = fields.isMissingAllowed(usual: .skip)
    let isClaimed = fields.has(self.enabled) || fields.has(self.masked) || fields.has(self.running)
    if units != nil, !isClaimed {
      fields.reading.report(
        Diagnostic(
          .missingKey, "service needs enabled, masked or running", at: fields.range))
      return []
    }
    if masked == true, enabled == true || running == true {
      fields.reading.report(
        Diagnostic(
          .wrongValue,
          "a masked unit cannot be \(enabled == true ? "enabled" : "running") as well",
          at: fields.range, help: "let one of them go"))
      return []
    }
    return (units?.values ?? []).compactMap { entry in
      guard let name = UnitName(written: entry.value) else {
        fields.reading.report(
          Diagnostic(
            .wrongValue, "'\(entry.value)' cannot be the name of a unit", at: entry.range,
            help: "write it as systemctl list-units does, for example nginx.service"))
        return nil
      }
      if name.isTemplate, running != nil {
        fields.reading.report(
          Diagnostic(
            .wrongValue, "\(name.text) is a template, and only its instances can run",
            at: entry.range, help: "name an instance: \(name.prefix)@NAME.\(name.type)"))
        return nil
      }
      return Service(
        name.text, enabled: enabled, masked: masked, running: running,
        isMissingAllowed: isMissingAllowed)
    }
  }

  package static let manual = Manual(
    kind: "service",
    summary: "A unit of systemd starts at boot, cannot be started, or is active; or not.",
    details: """
      BOOT is what the next boot makes of it, by the files and links that systemd reads: enabled,
      disabled, masked, static (other units start it, or nothing does), generated and so on, with the
      link or file that says so. `enabled` makes and removes the same links as systemctl, after the
      [Install] sections of the unit and of its drop-ins, with what they name by Also=. `masked` makes
      or removes the link to /dev/null. A unit that cannot be enabled, one that a package's own links
      start, and another name of a unit are refused, with what to do instead.

      NOW is what systemd says over its own socket: active or not. What is stopped is stopped before
      its files change; what is started is started once systemd has read them again. Where no systemd
      runs, `running` is unmeasured, and an image leaves it to its first boot.

      What would break is looked for: active units that need the one that is stopped or masked, and
      the last unit that lets people in by ssh or keeps the clock. It is listed, and the change wants
      `--accept-risk`. A unit that does not exist is not applicable; `if_missing: refuse` insists.
      """,
    fields: [unit.spec, enabled.spec, masked.spec, running.spec, Fields.ifMissing.spec],
    planes: "now: what systemd runs; boot: unit files and links",
    undo: "exact for links; what ran is started, what did not is stopped",
    example: """
      service: {unit: [avahi-daemon.service, avahi-daemon.socket], masked: true, running: false}
      """)
}
