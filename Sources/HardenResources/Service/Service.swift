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
  /// Directives of its process that our drop-in sets, with their values.
  package var sandbox: [String: String]
  /// Whether its absence is accepted.
  package var isMissingAllowed: Bool

  /// A claim on `unit`; nil fields make none.
  package init(
    _ unit: String, enabled: Bool? = nil, masked: Bool? = nil, running: Bool? = nil,
    sandbox: [String: String] = [:], isMissingAllowed: Bool = true
  ) {
    self.unit = unit
    self.enabled = enabled
    self.masked = masked
    self.running = running
    self.sandbox = sandbox
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

  private static let sandbox = Field<[String: OneOrMany<String>]>(
    "sandbox", verbatim: true,
    "directives that take away what its process may do, with a value or a list each")

  package static func read(_ fields: inout Fields) -> [Service] {
    let units = fields.read(unit)
    let (enabled, masked, running) = (
      fields.read(enabled), fields.read(masked), fields.read(running)
    )
    let isMissingAllowed = fields.isMissingAllowed(usual: .skip)
    _ = fields.read(self.sandbox)
    let directives = fields.node(self.sandbox)
    let sandbox = directives.map { Sandbox.read($0, &fields.reading) } ?? [:]
    let isClaimed = enabled != nil || masked != nil || running != nil || directives != nil
    if units != nil, !isClaimed {
      fields.reading.report(
        Diagnostic(
          .missingKey, "service needs enabled, masked, running or sandbox", at: fields.range))
      return []
    }
    let contrary = [
      enabled == true ? "enabled" : nil, running == true ? "running" : nil,
      sandbox.isEmpty ? nil : "sandboxed",
    ].compactMap(\.self)
    if masked == true, let contrary = contrary.first {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "a masked unit cannot be \(contrary) as well", at: fields.range,
          help: "let one of them go"))
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
      if name.type != "service", !sandbox.isEmpty {
        fields.reading.report(
          Diagnostic(
            .wrongValue, "\(name.text) has no process that a sandbox could hold",
            at: entry.range, help: "name the service that it starts"))
        return nil
      }
      return Service(
        name.text, enabled: enabled, masked: masked, running: running, sandbox: sandbox,
        isMissingAllowed: isMissingAllowed)
    }
  }

  package static let manual = Manual(
    kind: "service",
    summary: "A unit of systemd starts at boot, cannot be started, is active or sandboxed; or not.",
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

      FILE is what all files of the unit come to for the directives of `sandbox` (systemd.exec(5)):
      the last assignment counts, and lists add up. They are written into UNIT.d/50-harden.conf; a
      file that would still count, or add to a list, is refused with its line. Values are written as
      they stand, and no variable is replaced. A process that was started before its files changed
      differs on NOW, however that came about: with `running: true` it is started anew, else it
      waits for the next boot.

      What would break is looked for: active units that need the one that is stopped or masked, and
      the last unit that lets people in by ssh or keeps the clock. It is listed, and the change wants
      `--accept-risk`. A unit that does not exist is not applicable; `if_missing: refuse` insists.
      """,
    fields: [
      unit.spec, enabled.spec, masked.spec, running.spec, sandbox.spec, Fields.ifMissing.spec,
    ],
    planes: "now: what systemd runs; file: drop-ins; boot: unit files and links",
    undo: "exact for links; what ran is started, what did not is stopped",
    example: """
      service: {unit: [avahi-daemon.service, avahi-daemon.socket], masked: true, running: false}
      """)
}
