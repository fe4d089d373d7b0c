internal import HardenModel
package import HardenSystem

extension Sysctl {
  /// Whether the key stands for several.
  var isPattern: Bool { key.path.contains("*") }

  /// A pattern stands for the keys that the kernel has.
  ///
  /// Interfaces come before `default`: one whose value was written no longer follows `default`, so
  /// each step then changes its own key only. Below another root there are no interfaces to see,
  /// and a pattern over them stands for `all` and `default`.
  package func instances(on host: borrowing Host) throws(SystemError) -> [Sysctl] {
    guard isPattern else { return [self] }
    let keys =
      host.isLive ? try host.sysctls(matching: key.path) : ["all", "default"].compactMap(filled)
    guard !keys.isEmpty else { return [self] }
    let ranked = keys.map { (key: $0, rank: $0.rank) }
    return ranked.sorted { ($0.rank, $0.key.path) < ($1.rank, $1.key.path) }.map { key, _ in
      var instance = self
      instance.key = key
      return instance
    }
  }

  /// The key with `name` for the interface; nil when the pattern is about something else.
  private func filled(_ name: String) -> SysctlKey? {
    var parts = key.components.map(String.init)
    guard parts.count == 5, parts[0] == "net", parts[2] == "conf", parts[3] == "*" else {
      return nil
    }
    parts[3] = name
    let path = parts.joined(separator: "/")
    return path.contains("*") ? nil : SysctlKey(path: path)
  }
}

extension SysctlKey {
  fileprivate var rank: Int {
    components.contains("all") ? 0 : components.contains("default") ? 2 : 1
  }
}
