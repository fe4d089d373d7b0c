/// A program that runs all the time and reads its configuration at its start, as a unit of systemd.
package enum ConfigurationOwner: String, Hashable, Sendable, Codable, CaseIterable {
  case sshd, journald, timesyncd, logind, resolved, auditd, chrony, rsyslog, docker

  /// How it comes to read its files again.
  package enum Means: Hashable, Sendable {
    /// Its unit reloads, or starts anew where it cannot.
    case reload
    /// Its main process is sent SIGHUP, of which systemd keeps no record.
    case signal
    /// It starts anew, which nobody notices.
    case restart
  }

  /// How it comes to read its files again.
  package var means: Means {
    switch self {
    case .sshd, .docker: .reload
    case .auditd, .logind: .signal
    case .journald, .timesyncd, .resolved, .chrony, .rsyslog: .restart
    }
  }

  /// The names that distributions give its unit.
  package var units: [String] {
    switch self {
    case .sshd: ["ssh.service", "sshd.service"]
    case .journald: ["systemd-journald.service"]
    case .timesyncd: ["systemd-timesyncd.service"]
    case .logind: ["systemd-logind.service"]
    case .resolved: ["systemd-resolved.service"]
    case .auditd: ["auditd.service"]
    case .chrony: ["chrony.service", "chronyd.service"]
    case .rsyslog: ["rsyslog.service"]
    case .docker: ["docker.service"]
    }
  }

  /// Whether it takes a new value of `key` while it runs; else only its next start does, and stops
  /// what it is there for.
  package func takes(_ key: String) -> Bool {
    guard self == .docker else { return true }
    return Self.reloadable.contains(key.prefix { $0 != "/" })
  }

  /// What dockerd(8) reads again at a reload.
  private static let reloadable: Set<Substring> = [
    "authorization-plugins", "debug", "default-runtime", "features", "insecure-registries",
    "labels", "live-restore", "max-concurrent-downloads", "max-concurrent-uploads",
    "max-download-attempts", "registry-mirrors", "runtimes", "shutdown-timeout",
  ]

  /// Who reads the file at `path`, which is named as its program names it; nil when nobody holds what
  /// it says, or reads it at each use.
  package static func of(_ path: String) -> ConfigurationOwner? {
    switch path {
    case "/etc/ssh/sshd_config": .sshd
    case "/etc/systemd/journald.conf": .journald
    case "/etc/systemd/timesyncd.conf": .timesyncd
    case "/etc/systemd/logind.conf": .logind
    case "/etc/systemd/resolved.conf": .resolved
    case "/etc/audit/auditd.conf": .auditd
    case "/etc/chrony.conf", "/etc/chrony/chrony.conf": .chrony
    case "/etc/rsyslog.conf": .rsyslog
    case "/etc/docker/daemon.json": .docker
    default:
      [
        "/etc/ssh/sshd_config.d/": .sshd, "/etc/audit/plugins.d/": .auditd,
        "/etc/chrony/conf.d/": .chrony, "/etc/rsyslog.d/": .rsyslog,
      ].first { path.hasPrefix($0.key) }?.value
    }
  }
}
