import Foundation

/// The audit rules of the machine that runs the tests, of which no namespace has its own: tests add
/// rules with a key of their own, and take exactly those away again.
package enum KernelAudit {
  /// Whether tests may add rules here.
  package static let isAvailable: Bool = {
    guard geteuid() == 0 else { return false }
    let status = (try? Shell.run("auditctl -s")) ?? ""
    return status.contains("enabled 0") || status.contains("enabled 1")
  }()

  /// A key that no other test has.
  package static func key() -> String {
    "harden_test_\(getpid())_\(UInt32.random(in: 0 ... .max))"
  }

  /// The keys of the loaded rules that begin with `key`, in the order of the kernel.
  package static func loaded(_ key: String) throws -> [String] {
    try Shell.run("auditctl -l").split(separator: "\n").compactMap { line in
      line.split(separator: " ").map { $0.hasPrefix("key=") ? $0.dropFirst(4) : $0 }
        .first { $0.hasPrefix(key) }.map(String.init)
    }
  }

  /// Takes away every rule whose key begins with `key`.
  package static func clean(_ key: String) {
    let line = "auditctl -l | grep -E -- '(-k |key=)\(key)' | sed 's/^-w/-W/; s/^-a/-d/'"
    _ = try? Shell.run("\(line) | while read -r rule; do auditctl $rule >/dev/null 2>&1; done")
  }
}
