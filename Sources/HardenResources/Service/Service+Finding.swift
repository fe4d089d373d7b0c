package import HardenCore
internal import HardenModel
package import HardenSystem

extension Service: FindableKind {
  package static func mistake(in pattern: String) -> String? {
    let isByte = { (byte: UInt8) in byte > 0x20 && byte < 0x7F && byte != 0x2F }
    return pattern.utf8.allSatisfy(isByte)
      ? nil : "write it as systemctl list-units does, for example ssh* or *.timer"
  }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    var findings = Findings()
    var (made, others) = (0, 0)
    for name in try names(on: host) where matches(name, pattern) {
      let unit = try UnitEnablement(name, host)
      guard !unit.file.isMissing, unit.state != .alias else { continue }
      var fields = [FoundField("unit", .text(name.text))]
      if unit.isMasked {
        fields.append(FoundField("masked", .flag(true)))
      } else if unit.file.mask != nil || [.generated, .transient].contains(unit.state) {
        made += 1
        continue
      } else if try unit.isEnabled(host) || unit.state == .disabled {
        let isEnabled = try unit.isEnabled(host)
        fields.append(FoundField("enabled", .flag(isEnabled)))
        if let isRunning = try activity(of: name, isEnabled: isEnabled, on: host) {
          fields.append(FoundField("running", .flag(isRunning)))
        }
      } else {
        others += 1
        continue
      }
      findings.resources.append(Found(name.text, fields))
    }
    if made > 0 {
      findings.remarks.append(
        "left out: \(counted(made, "unit")) made or masked for this boot only")
    }
    if others > 0 {
      findings.remarks.append(
        "left out: \(counted(others, "unit")) that cannot be enabled, so that other units start them"
      )
    }
    return findings
  }

  /// Every unit with a file, and every instance that something starts.
  private static func names(on host: borrowing Host) throws(SystemError) -> [UnitName] {
    var names: Set<String> = []
    for folder in UnitFile.folders {
      names.formUnion(try host.entries(folder))
      for link in try UnitLink.all(below: folder, host) where link.isNeed {
        names.insert(link.name)
      }
    }
    return names.sorted().compactMap { UnitName($0) }
  }

  /// Whether `pattern`, which without a type is about services, stands for `name`.
  private static func matches(_ name: UnitName, _ pattern: String) -> Bool {
    let hasType = (UnitName.types + ["*"]).contains { pattern.hasSuffix(".\($0)") }
    return matches(name.text, hasType ? pattern : "\(pattern).service")
  }

  /// Whether the unit is active and stays so; nil where that is nothing to hold it to, as with what
  /// runs once and ends.
  private static func activity(
    of name: UnitName, isEnabled: Bool, on host: borrowing Host
  ) throws(SystemError) -> Bool? {
    guard host.isLive, host.hasServiceManager, !name.isTemplate else { return nil }
    switch try host.units().states[name.text]?.active ?? "inactive" {
    case "active": return true
    case "inactive", "failed": return isEnabled ? nil : false
    default: return nil
    }
  }
}
