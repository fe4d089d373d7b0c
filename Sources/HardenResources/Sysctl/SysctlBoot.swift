internal import HardenModel

/// What the next boot gives to one key, and which line is to thank for it.
struct SysctlBoot: Hashable, Sendable {
  /// The value.
  var value: String
  /// The line.
  var place: Place
  /// Whether the line names another key, whose writing changes this one along.
  var isSideEffect: Bool
}

extension SysctlSources {
  /// What the next boot gives to `key`; nil when nothing sets it.
  func boot(of key: SysctlKey) -> SysctlBoot? {
    boot(of: key, entries: tables.map { $0.entries(for: key) })
  }

  /// The same with other lines for `key` itself, those of each reader apart.
  func boot(of key: SysctlKey, entries: [[SysctlAssignment]]) -> SysctlBoot? {
    let family = family(of: key)
    guard family.count > 1 else {
      // Nothing else changes it: what is written last stays.
      let last = entries.joined().last { $0.value != nil }
      return last.flatMap { entry in
        entry.value.map { SysctlBoot(value: $0, place: entry.place, isSideEffect: false) }
      }
    }
    var held: [SysctlKey: String] = [:]
    var written: Set<SysctlKey> = []
    var result: SysctlBoot?
    for (index, table) in tables.enumerated() {
      for (target, entry) in writes(table, to: family, entries[index], of: key) {
        guard let value = entry.value else { continue }
        let before = held[target] ?? target.valueAtStart
        if target == key {
          result = SysctlBoot(value: value, place: entry.place, isSideEffect: false)
        }
        // Writing what a key holds already is no event for the kernel.
        if let before, SysctlValue.same(before, value) { continue }
        held[target] = value
        written.insert(target)
        for other in family where other != target {
          let inherits = other.inherited == target && !written.contains(other)
          guard let effect = inherits ? value : target.effect(of: value, on: other) else {
            continue
          }
          held[other] = effect
          if other == key {
            result = SysctlBoot(value: effect, place: entry.place, isSideEffect: true)
          }
        }
      }
    }
    return result
  }

  /// What a reader writes to the keys of `family`, in order.
  private func writes(
    _ table: SysctlTable, to family: [SysctlKey], _ entries: [SysctlAssignment], of key: SysctlKey
  ) -> [(target: SysctlKey, entry: SysctlAssignment)] {
    let found = family.flatMap { member in
      (member == key ? entries : table.entries(for: member)).map { (target: member, entry: $0) }
    }
    // One pattern reaches its keys in the order in which the kernel lists them, by name.
    return found.count < 2
      ? found : found.sorted { ($0.entry.order, $0.target) < ($1.entry.order, $1.target) }
  }

  /// `key` with the keys that may change it, directly or through one another.
  private func family(of key: SysctlKey) -> [SysctlKey] {
    var family = [key]
    var index = 0
    while index < family.count {
      for cause in family[index].causes where !family.contains(cause) { family.append(cause) }
      index += 1
    }
    return family
  }
}

extension SysctlKey {
  /// What the kernel starts with where that matters: a reader does not write what a key holds
  /// already, and an interface that was never written follows `default`.
  fileprivate var valueAtStart: String? {
    if isForwarding || path.hasPrefix("net/ipv6/conf/all/") || path == "net/mptcp/pm_type" {
      return "0"
    }
    guard let setting = components.last,
      inherited != nil || path.hasPrefix("net/ipv4/conf/default/")
    else {
      return nil
    }
    let startsWithOne: Set = [
      "accept_redirects", "accept_source_route", "arp_evict_nocarrier", "secure_redirects",
      "send_redirects", "shared_media",
    ]
    return setting.hasPrefix("igmp") ? nil : startsWithOne.contains(String(setting)) ? "1" : "0"
  }
}
