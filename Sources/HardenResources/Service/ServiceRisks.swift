internal import HardenModel
internal import HardenSystem

/// What would break by a unit that planned steps stop, disable or mask.
struct ServiceRisks {
  /// One sentence for each, with what was found.
  private(set) var sentences: [String] = []

  /// Units of which one at least has to be there, and for what.
  private static let purposes = [
    (
      "lets people log in over the network",
      ["ssh.service", "sshd.service", "ssh.socket", "sshd.socket"]
    ),
    (
      "keeps the clock right",
      [
        "systemd-timesyncd.service", "chrony.service", "chronyd.service", "ntp.service",
        "ntpd.service", "ntpsec.service", "openntpd.service",
      ]
    ),
  ]

  /// Looks for what `service` breaks on `host`, which is the host as planned.
  init(_ service: Service, _ host: borrowing Host) throws(SystemError) {
    let stops = host.plannedActivity(ofUnit: service.unit) == false
    let purpose = Self.purposes.first { $0.1.contains(service.unit) }
    var leavesBoot = false
    if purpose != nil, service.enabled == false || service.masked == true {
      leavesBoot = try Self.wasEnabled(service.unit, host)
    }
    var leavesOthers = stops
    if service.masked == true, !stops { leavesOthers = try host.isPlanned(service.mask) }
    if host.hasServiceManager, leavesOthers { try findDependents(service, stops, host) }
    guard let (what, units) = purpose, stops || leavesBoot else { return }
    for unit in units where unit != service.unit {
      if try Self.isThere(unit, host) { return }
    }
    sentences.append("nothing but \(service.unit) \(what)\(Self.evidence(service.unit, host))")
  }

  private mutating func findDependents(
    _ service: Service, _ stops: Bool, _ host: borrowing Host
  ) throws(SystemError) {
    let units = try host.units().states
    var needy: [String] = []
    for unit in units.filter(\.value.isActive).keys.sorted() where unit != service.unit {
      if try Self.needs(of: unit, host).contains(service.unit) { needy.append(unit) }
    }
    guard let first = needy.first else { return }
    let rest = needy.count > 1 ? " and \(needy.count - 1) more" : ""
    sentences.append(
      "\(first)\(rest) cannot be active without \(service.unit), and would "
        + (stops ? "stop as well" : "not start again"))
  }

  /// The units without which `unit` cannot be active, by its files.
  private static func needs(of unit: String, _ host: borrowing Host) throws(SystemError)
    -> Set<String>
  {
    guard let name = UnitName(unit) else { return [] }
    let keys: Set = ["Requires", "Requisite", "BindsTo", "PartOf"]
    var needs: Set<String> = []
    for line in try UnitFile(name, host).assignments("Unit", host) where keys.contains(line.key) {
      needs.formUnion(line.words.compactMap(name.expand))
    }
    for link in try UnitLink.all(below: UnitFile.folder, host)
    where link.path.hasPrefix("\(UnitFile.folder)/\(unit).requires/") {
      needs.insert(link.name)
    }
    return needs
  }

  private static func wasEnabled(_ unit: String, _ host: borrowing Host) throws(SystemError) -> Bool
  {
    guard let name = UnitName(unit) else { return false }
    let before = try UnitEnablement(name, host.actual())
    let after = try UnitEnablement(name, host)
    let isOn = { (found: UnitEnablement) in !found.isMasked && found.state == .enabled }
    return isOn(before) && !isOn(after)
  }

  /// Whether `unit` is active, or would be after the next boot.
  private static func isThere(_ unit: String, _ host: borrowing Host) throws(SystemError) -> Bool {
    if host.hasServiceManager, try host.units().states[unit]?.isActive == true { return true }
    guard let name = UnitName(unit) else { return false }
    let found = try UnitEnablement(name, host)
    return found.state == .enabled && !found.isMasked
  }

  /// The process that does it now, and whether this very session came by it.
  private static func evidence(_ unit: String, _ host: borrowing Host) -> String {
    let processes = host.processes().filter { host.unit(of: $0) == unit }
    guard let first = processes.first else { return "" }
    let ancestors = Login.ancestors()
    let isOurs = processes.contains { ancestors.contains($0.pid) }
    return isOurs ? ": this session came by \(first)" : ": \(first)"
  }
}

extension Service {
  /// Where its mask stands, or would.
  fileprivate var mask: String { "\(UnitFile.folder)/\(unit)" }
}
