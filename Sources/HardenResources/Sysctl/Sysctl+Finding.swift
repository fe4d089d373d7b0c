package import HardenCore
internal import HardenModel
package import HardenSystem

extension Sysctl: FindableKind {
  package static func mistake(in pattern: String) -> String? {
    let isByte = { (byte: UInt8) in byte > 0x20 && byte < 0x7F && !"=#;\"'".utf8.contains(byte) }
    let parts = SysctlKey(name: pattern).components
    guard pattern.utf8.allSatisfy(isByte), !pattern.isEmpty, !parts.contains("..") else {
      return "write it as sysctl -a does, for example kernel.* or net.ipv4.conf.*.rp_filter"
    }
    return nil
  }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    guard host.isLive else { return try foundInFiles(of: host, pattern) }
    var left = LeftOut()
    var (kept, unkept): ([Found], [Found]) = ([], [])
    for key in try keys(matching: pattern, on: host) {
      switch try SysctlNow.of(key, on: host) {
      case .offline, .absent: continue
      case .writeOnly: left.writeOnly += 1
      case .unreadable: left.unreadable += 1
      case .value(_, isWritable: false): left.readOnly += 1
      case .value(let value, _):
        if isMoving(key) {
          left.moving += 1
          continue
        }
        let sysctl = Sysctl(key, SysctlWanted(value))
        let isKept = try sysctl.observe(host, for: Owner(playbook: "", control: "")).holds
        let found = one(key, value, isKept: isKept)
        if isKept { kept.append(found) } else { unkept.append(found) }
      }
    }
    let remark =
      unkept.contains { $0.obstacle == nil }
      ? [
        "persist: false: only the running kernel holds these; take that line out, and harden keeps "
          + "them over boots as well"
      ] : []
    return Findings(kept + unkept, remarks: remark + left.sentences)
  }

  /// The keys that `pattern` stands for; a folder stands for all below it.
  private static func keys(matching pattern: String, on host: borrowing Host)
    throws(SystemError) -> [SysctlKey]
  {
    var keys: Set<SysctlKey> = []
    for alternative in Glob.alternatives(pattern) {
      var path = SysctlKey(name: alternative).path
      // No key lies deeper than this.
      for _ in 0..<7 {
        keys.formUnion(try host.sysctls(matching: path))
        path += "/*"
      }
    }
    return keys.sorted()
  }

  /// What the files of an image set; whether it lasts is found out by planning.
  private static func foundInFiles(of host: borrowing Host, _ pattern: String)
    throws(SystemError) -> Findings
  {
    let sources = try SysctlSources.of(host)
    let patterns = Glob.alternatives(pattern).map { SysctlKey(name: $0).path }
    let keys = sources.tables.flatMap(\.keys).filter { key in
      patterns.contains { pattern in
        let depth = SysctlKey(path: pattern).components.count
        return SysctlKey(path: key.components.prefix(depth).joined(separator: "/")).matches(pattern)
      }
    }
    let found = Set(keys).sorted().compactMap { key in
      sources.boot(of: key).map { one(key, $0.value, isKept: true) }
    }
    return Findings(found)
  }

  private static func one(_ key: SysctlKey, _ value: String, isKept: Bool) -> Found {
    guard SysctlKeyName(key.name)?.key == key, !key.path.contains("*") else {
      return Found(key.name, obstacle: "no playbook can name it")
    }
    guard !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
      return Found(key.name, obstacle: "its value is more than one line")
    }
    let words = value.words()
    let isNumber = !words.isEmpty && words.allSatisfy { SysctlValue.number($0) != nil }
    return Found(
      key.name, isKept ? [] : [FoundField("persist", .flag(false))],
      member: Found.Member(
        of: "set",
        FoundField(key.name, isNumber ? .number(words.joined(separator: " ")) : .text(value))))
  }

  /// Whether the kernel changes the key by itself, or it is of this one host: a name, a secret, an order.
  private static func isMoving(_ key: SysctlKey) -> Bool {
    [
      "kernel/domainname", "kernel/hostname", "kernel/hung_task_warnings", "kernel/ns_last_pid",
      "kernel/perf_event_max_sample_rate", "kernel/tainted", "net/ipv4/tcp_fastopen_key",
      "vm/drop_caches", "vm/stat_refresh",
    ].contains(key.path) || key.path.hasSuffix("/stable_secret")
  }

  /// How many keys are none to ask for.
  private struct LeftOut {
    var readOnly = 0
    var writeOnly = 0
    var unreadable = 0
    var moving = 0

    var sentences: [String] {
      let counts = [
        (readOnly, "that can only be read"), (writeOnly, "that can only be written"),
        (unreadable, "that cannot be read"),
        (moving, "that the kernel changes by itself, or that are of this host alone"),
      ].filter { $0.0 > 0 }
      return counts.map { "left out: \(counted($0.0, "key")) \($0.1)" }
    }
  }
}
