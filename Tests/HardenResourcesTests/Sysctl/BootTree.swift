import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport

@testable import HardenResources

/// A generated set of sysctl.d directories, only about keys below `net`.
struct BootTree {
  /// Path and content; a content that begins with `->` is a link, nil a directory.
  var files: [(path: String, content: String?)] = []

  static let program = "/usr/lib/systemd/systemd-sysctl"
  static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: program) }
  static let directories = [
    "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
  ]

  /// Puts empty directories over the machine's own; only the calling thread sees them.
  static func mountPlaces() throws {
    for path in ["/etc/sysctl.d", "/run", "/usr/local/lib", "/usr/lib/sysctl.d"] {
      try Namespace.mountEmpty(path)
    }
    if FileManager.default.fileExists(atPath: "/etc/sysctl.conf") {
      try Namespace.bind("/dev/null", at: "/etc/sysctl.conf")
    }
    for path in directories {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  // MARK: Generating

  private static let names = ["10-a", "50-b", "50-B", "90-c", "99-zz-harden", "99-zzz", "z", "ä"]
  private static let flags = [
    "accept_redirects", "log_martians", "secure_redirects", "accept_source_route",
  ]
  private typealias Choice = (key: String, values: [String])
  private static let switches = ["0", "1"]
  private static let single: [Choice] = [
    ("net.ipv4.ip_forward", switches), ("net.ipv4.conf.all.forwarding", switches),
    ("net.ipv4.conf.default.forwarding", switches), ("net/ipv4/conf/lo/forwarding", switches),
    ("net.ipv4.conf.*.forwarding", switches), ("net.ipv6.conf.*.forwarding", switches),
    ("net.ipv4.tcp_syncookies", ["0", "1", "2"]),
    ("net/ipv4//tcp_retries1", ["3", "010", "0x10", " 5 "]),
    ("net.ipv4.ip_local_port_range", ["32768 60999", "1024\t 65000"]),
    ("net.ipv4.ip_local_reserved_ports", ["8080,1,2,3", "1-3", ""]),
    ("net.ipv4.tcp_rmem", ["4096 131072 6291456", "8192  16384 32768"]),
    ("net.ipv4.tcp_re[ot]*es1", ["4"]),
  ]

  private static let keys: [Choice] = {
    var keys = single
    for name in ["all", "default", "lo", "*", "?o", "[a-d]*", "{all,lo}*"] {
      keys += flags.map { ("net.ipv4.conf.\(name).\($0)", switches) }
      keys.append(("net.ipv4.conf.\(name).rp_filter", ["0", "1", "2"]))
      keys.append(("net.ipv6.conf.\(name).accept_ra", ["0", "1", "2"]))
      keys.append(("net/ipv6/conf/\(name)/accept_redirects", switches))
    }
    for name in ["all", "default", "lo"] {
      for setting in ["forwarding", "disable_ipv6", "ignore_routes_with_linkdown"] {
        keys.append(("net.ipv6.conf.\(name).\(setting)", switches))
      }
    }
    return keys
  }()

  static func generate(_ random: inout SeededRandom) -> BootTree {
    var tree = BootTree()
    // Few keys a tree, so that lines meet.
    let pool = (0..<Int.random(in: 2...6, using: &random)).map { _ in
      keys.randomElement(using: &random) ?? keys[0]
    }
    for _ in 0..<Int.random(in: 1...7, using: &random) {
      let name = names.randomElement(using: &random) ?? "a"
      let path = "\(directories.randomElement(using: &random) ?? "/etc/sysctl.d")/\(name)"
      switch Int.random(in: 0..<16, using: &random) {
      case 0: tree.files.append((path + ".conf", "->/dev/null"))
      case 1: tree.files.append((path + ".conf", "->/nowhere"))
      case 2: tree.files.append((path + ".conf", ""))
      case 3: tree.files.append((path + ".conf", nil))
      case 4: tree.files.append(("\(path).conf~", text(pool, &random)))
      case 5: tree.files.append((path + ".conf", "->\(directories[0])/10-a.conf"))
      default: tree.files.append((path + ".conf", text(pool, &random)))
      }
    }
    return tree
  }

  private static func text(_ pool: [(key: String, values: [String])], _ random: inout SeededRandom)
    -> String
  {
    var text = ""
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      guard let (key, values) = pool.randomElement(using: &random) else { continue }
      let value = values.randomElement(using: &random) ?? "0"
      let end = ["\n", "\n", "\n", "\r\n", "\r", " \t\n"].randomElement(using: &random) ?? "\n"
      switch Int.random(in: 0..<12, using: &random) {
      case 0: text += "-\(key)"
      case 1: text += "# \(key)=\(value)"
      case 2: text += " ;\(key)=\(value)"
      case 3: text += "no assignment"
      case 4: text += " - \(key) =\(value)"
      case 5: text += "/\(key.contains("/") ? key : "x/y")=\(value)"
      default: text += "\(key) = \(value)"
      }
      text += end
    }
    return text
  }

  // MARK: Comparing

  /// What systemd-sysctl makes of the tree and we do not; the network must be fresh.
  func failures() throws -> [String] {
    try Self.resetNetwork()
    try write()
    let before = try Host()
    let sources = try SysctlSources.of(before)
    let keys = try named(before)
    var initial: [SysctlKey: String] = [:]
    for key in keys { initial[key] = try before.sysctl(key) }
    _ = try Launch(Self.program, ["--prefix=/net"])

    var failures: [String] = sources.unreadable
    for key in keys {
      let held = try before.fresh().sysctl(key) ?? "nothing"
      let ours = sources.boot(of: key)
      if !SysctlValue.same(held, ours?.value ?? initial[key] ?? "nothing") {
        failures.append(
          "\(key): the kernel holds \(held), we say \(ours?.value ?? "unchanged, \(initial[key] ?? "")")"
            + " (\(ours.map { "\($0.place)" } ?? "-"))\n\(files)")
      }
    }
    return failures
  }

  /// A network may begin with the machine's settings instead of the kernel's own.
  private static func resetNetwork() throws {
    for (key, value) in [
      ("ip_forward", "0"), ("conf/all/accept_redirects", "1"),
      ("conf/default/accept_redirects", "1"),
      ("conf/default/log_martians", "0"), ("conf/default/secure_redirects", "1"),
      ("conf/default/accept_source_route", "1"), ("conf/default/rp_filter", "0"),
    ] {
      try Data(value.utf8).write(to: URL(filePath: "/proc/sys/net/ipv4/\(key)"))
    }
  }

  private func write() throws {
    let manager = FileManager.default
    for directory in Self.directories {
      for name in try manager.contentsOfDirectory(atPath: directory) {
        try manager.removeItem(atPath: "\(directory)/\(name)")
      }
    }
    for (path, content) in files {
      try? manager.removeItem(atPath: path)
      switch content {
      case nil: try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
      case let text? where text.hasPrefix("->"):
        try manager.createSymbolicLink(atPath: path, withDestinationPath: String(text.dropFirst(2)))
      case let text?: try Data(text.utf8).write(to: URL(filePath: path))
      }
    }
  }

  /// Every key of the kernel that any file names or reaches, and those that change along.
  private func named(_ host: borrowing Host) throws -> [SysctlKey] {
    var keys: Set<SysctlKey> = []
    for (path, content) in files {
      for line in SysctlAssignment.all(in: Array((content ?? "").utf8), of: path) {
        for pattern in Glob.alternatives(line.key) {
          for key in try host.sysctls(matching: pattern) {
            keys.insert(key)
            for along in key.affected { keys.formUnion(try host.sysctls(matching: along)) }
          }
        }
      }
    }
    return keys.sorted()
  }
}
