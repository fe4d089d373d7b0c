/// What the kernel changes besides the key that is written: one table for ordering, before-images
/// and the planned host alike.
///
/// Sources: the kernel's `Documentation/networking/ip-sysctl.rst` and `admin-guide/sysctl/vm.rst`;
/// each row is run against a real kernel in the namespace tests.
extension SysctlKey {
  /// The components of the path.
  package var components: [Substring] { path.split(separator: "/", omittingEmptySubsequences: false) }

  /// Whether writing the key turns forwarding on or off for a whole address family.
  package var isForwarding: Bool {
    [
      "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding", "net/ipv6/conf/all/forwarding",
    ].contains(path)
  }

  /// Whether writing the key may drop addresses and routes, which no write brings back.
  package var losesAddresses: Bool {
    path.hasPrefix("net/ipv6/conf/") && path.hasSuffix("/disable_ipv6")
  }

  /// Whether `value`, once written, stays until the next boot.
  package func isOneWay(_ value: String) -> Bool {
    switch path {
    case "kernel/modules_disabled", "kernel/kexec_load_disabled": value == "1"
    case "kernel/unprivileged_bpf_disabled": value == "1"
    case "kernel/yama/ptrace_scope": value == "3"
    default: false
    }
  }

  /// Patterns of the keys that may change when this one is written, in the syntax of
  /// ``matches(_:)``; empty for most keys.
  package var affected: [String] {
    switch path {
    case "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding":
      return [
        "net/ipv4/ip_forward", "net/ipv4/conf/*/forwarding",
        "net/ipv4/conf/all/accept_redirects",
      ]
    case "net/ipv6/conf/all/forwarding", "net/ipv6/conf/all/disable_ipv6",
      "net/ipv6/conf/all/addr_gen_mode", "net/ipv6/conf/all/ignore_routes_with_linkdown":
      return ["net/ipv6/conf/*/\(components[4])"]
    case "vm/dirty_ratio", "vm/dirty_bytes":
      return ["vm/dirty_ratio", "vm/dirty_bytes"]
    case "vm/dirty_background_ratio", "vm/dirty_background_bytes":
      return ["vm/dirty_background_ratio", "vm/dirty_background_bytes"]
    case "vm/overcommit_ratio", "vm/overcommit_kbytes":
      return ["vm/overcommit_ratio", "vm/overcommit_kbytes"]
    default:
      // Interfaces whose own value was never set follow `default`.
      guard path.hasPrefix("net/ipv4/conf/default/"), components.count == 5 else { return [] }
      return ["net/ipv4/conf/*/\(components[4])"]
    }
  }

  /// The value that writing `value` here gives to `other`, nil when it stays or is not known.
  package func effect(of value: String, on other: SysctlKey) -> String? {
    guard other != self else { return nil }
    switch path {
    case "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding":
      if other.path == "net/ipv4/conf/all/accept_redirects" { return value == "0" ? "1" : "0" }
      return value
    case "net/ipv6/conf/all/forwarding", "net/ipv6/conf/all/disable_ipv6",
      "net/ipv6/conf/all/addr_gen_mode", "net/ipv6/conf/all/ignore_routes_with_linkdown":
      return value
    case "vm/dirty_ratio", "vm/dirty_bytes", "vm/dirty_background_ratio",
      "vm/dirty_background_bytes", "vm/overcommit_ratio", "vm/overcommit_kbytes":
      return value == "0" ? nil : "0"
    default: return nil
    }
  }

  /// Whether the path matches `pattern`, in which `*` stands for one whole component or a part
  /// of one, never for a slash.
  package func matches(_ pattern: String) -> Bool {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let own = components
    return parts.count == own.count && zip(parts, own).allSatisfy { Glob.matches($1, $0) }
  }
}

/// `*` and `?` in one path component.
package enum Glob {
  /// Whether `text` matches `pattern`.
  package static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
    var rest = (text: text, pattern: pattern)
    var retry: (text: Substring, pattern: Substring)?
    while !rest.text.isEmpty {
      if let next = rest.pattern.first, next == "*" {
        retry = (rest.text, rest.pattern.dropFirst())
        rest.pattern = rest.pattern.dropFirst()
      } else if let next = rest.pattern.first, next == "?" || next == rest.text.first {
        rest = (rest.text.dropFirst(), rest.pattern.dropFirst())
      } else if let again = retry {
        rest = (again.text.dropFirst(), again.pattern)
        retry = (again.text.dropFirst(), again.pattern)
      } else {
        return false
      }
    }
    return rest.pattern.allSatisfy { $0 == "*" }
  }
}
