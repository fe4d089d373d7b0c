internal import HardenModel
internal import HardenSystem

/// What the next boot would start otherwise than this one.
extension SysctlRisks {
  /// Sockets that systemd opens at each boot and that name an address of IPv6.
  ///
  /// `::` can be listened on after a parameter has switched IPv6 off, and not where it is off before,
  /// as in an initial ram disk that has a copy of the parameters.
  func socketUnits(_ host: borrowing Host) throws(SystemError) -> [String] {
    guard interface == nil || interface == "lo" else { return [] }
    var names: Set<String> = []
    for folder in UnitFile.folders {
      guard try host.has("sockets.target.wants", in: folder) else { continue }
      names.formUnion(try host.entries("\(folder)/sockets.target.wants"))
    }
    var found: [String] = []
    for name in names.sorted() where name.hasSuffix(".socket") {
      guard
        let unit = try UnitName(name).map({ name throws(SystemError) in try UnitFile(name, host) }),
        unit.mask == nil, let address = try listening(unit, host)
      else { continue }
      found.append(
        "\(name) listens on \(address.text) (\(address.place)), and fails where a boot begins without IPv6"
      )
    }
    return found
  }

  /// The first address of IPv6 that `unit` listens on.
  private func listening(_ unit: UnitFile, _ host: borrowing Host) throws(SystemError)
    -> UnitAssignment?
  {
    var lines: [UnitAssignment] = []
    for line in try unit.assignments("Socket", host) where line.key.hasPrefix("Listen") {
      // An empty line takes back those before it.
      if line.text.isEmpty { lines = [] } else { lines.append(line) }
    }
    return lines.first { $0.text.hasPrefix(interface == "lo" ? "[::1]" : "[") }
  }
}
