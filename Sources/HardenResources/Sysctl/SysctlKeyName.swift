package import HardenCore
package import HardenModel

/// The name of a kernel parameter as a playbook writes it, perhaps with `*` for parts of it.
package struct SysctlKeyName: Hashable, Sendable, FieldValue {
  /// The key; its path holds the pattern as it is.
  package let key: SysctlKey

  /// Checks `text`; nil when it cannot name a key.
  package init?(_ text: String) {
    let allowed = { (byte: UInt8) in
      byte > 0x20 && byte < 0x7F && !"=#;?[]{}\\\"'".utf8.contains(byte)
    }
    guard text.utf8.allSatisfy(allowed), text.first != "-" else { return nil }
    key = SysctlKey(name: text)
    let parts = key.components
    guard parts.count > 1, !parts.contains(".."), key.path.utf8.count < 512 else { return nil }
  }

  package static func read(_ node: Node, _ reading: inout Reading) -> SysctlKeyName? {
    guard let text = reading.text(node, expected: "the name of a kernel parameter") else {
      return nil
    }
    guard let name = SysctlKeyName(text) else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' cannot be the name of a kernel parameter", at: node.range,
          help: "write it as `sysctl -a` does, for example kernel.kptr_restrict"))
      return nil
    }
    return name
  }
  package static var shape: Shape {
    .pattern("^[!-~]+[./][!-~]+$", example: "kernel.kptr_restrict")
  }
}

/// Several keys with their values, in the order written.
package struct SysctlSettings: Sendable, FieldValue {
  /// Keys and values.
  package var pairs: [(name: SysctlKeyName, wanted: SysctlWanted)]

  package static func read(_ node: Node, _ reading: inout Reading) -> SysctlSettings? {
    guard let entries = node.entries, !entries.isEmpty else {
      reading.mismatch(node, expected: "a mapping from keys to values")
      return nil
    }
    var pairs: [(name: SysctlKeyName, wanted: SysctlWanted)] = []
    for entry in entries {
      let key = Node(.scalar(entry.key, quoted: false), at: entry.keyRange)
      let name = SysctlKeyName.read(key, &reading)
      let wanted = SysctlWanted.read(entry.value, &reading)
      if let name, let wanted { pairs.append((name, wanted)) }
    }
    return pairs.count == entries.count ? SysctlSettings(pairs: pairs) : nil
  }
  package static var shape: Shape { .mapping(SysctlWanted.shape) }
}
