extension Condition.Test {
  /// The key in `when:`.
  package var key: String {
    switch self {
    case .exists: "exists"
    case .command: "command"
    case .os: "os"
    case .osFamily: "os_family"
    case .osVersion: "os_version"
    case .kernel: "kernel"
    case .arch: "arch"
    case .selinux: "selinux"
    case .apparmor: "apparmor"
    case .container: "container"
    case .virtualization: "virtualization"
    case .uefi: "uefi"
    case .package: "package"
    case .unit: "unit"
    case .mounted: "mounted"
    case .pamModule: "pam_module"
    case .variable(let name, _): name
    case .fact(let name): name
    }
  }

  /// Whether the values are things to look for, not values to compare with.
  package var isPresence: Bool {
    switch self {
    case .exists, .command, .package, .unit, .mounted, .pamModule: true
    default: false
    }
  }
}

extension Condition {
  /// The condition in words, for example `exists /srv/go` or `os_family is debian`.
  package var summary: String {
    switch self {
    case .test(let test, let values):
      test.isPresence
        ? "\(test.key) \(values.joined(separator: " or "))"
        : "\(test.key) is \(values.map { $0.isEmpty ? "empty" : $0 }.joined(separator: " or "))"
    case .all(let parts): Self.joined(parts, " and ")
    case .any(let parts): Self.joined(parts, " or ")
    case .not(let part): "not (\(part.summary))"
    }
  }

  private static func joined(_ parts: [Condition], _ word: String) -> String {
    parts.map { part in
      switch part {
      case .all, .any: "(\(part.summary))"
      case .test, .not: part.summary
      }
    }.joined(separator: word)
  }
}
