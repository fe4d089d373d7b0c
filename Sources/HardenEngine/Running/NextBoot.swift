internal import HardenModel
internal import HardenSystem

/// What of a run's guard is there at the next boot: units as files, since a timer that systemd was
/// only told of dies with the boot.
///
/// One looks early, when kernel parameters and mounts are as that boot makes them and nobody can log
/// in yet. Where the canary is to decide, one asks it once the boot has come to its end, and one looks
/// again when the time is over, however far the boot has come by then.
struct NextBoot {
  /// What systemd runs to look.
  let words: [String]
  let terms: ConfirmTerms

  private struct Unit {
    var name: String
    var text: String
    /// The target that pulls it in; nil where another unit does.
    var target: String?

    var path: String { "\(NextBoot.folder)/\(name)" }
    var link: String? { target.map { "\(NextBoot.folder)/\($0).wants/\(name)" } }
  }

  private static let folder = "/etc/systemd/system"
  /// The name under which each of its files is made.
  static let temporary = ".harden-guard~"

  private var units: [Unit] {
    let command = words.map { "\"\($0)\"" }.joined(separator: " ")
    let all = Self.units(command, terms.span)
    return terms.onReboot == .probe ? all : Array(all.prefix(1))
  }

  /// All of them, of which the first is always there.
  private static func units(_ command: String, _ span: TimeSpan) -> [Unit] {
    [
      Unit(
        name: "harden-guard.service",
        text: text(
          "Undo what harden did and nobody confirmed",
          """
          DefaultDependencies=no
          After=local-fs.target systemd-sysctl.service systemd-remount-fs.service
          After=systemd-modules-load.service auditd.service audit-rules.service
          Before=sysinit.target network-pre.target shutdown.target
          Wants=network-pre.target
          Conflicts=shutdown.target

          [Service]
          Type=oneshot
          ExecStart=\(command)
          """), target: "sysinit.target"),
      Unit(
        name: "harden-guard-canary.service",
        text: text(
          "Ask the canary of what harden did before the reboot",
          """
          After=multi-user.target

          [Service]
          Type=oneshot
          ExecStart=\(command) "--canary"
          """), target: "multi-user.target"),
      Unit(
        name: "harden-guard-deadline.service",
        text: text(
          "Undo what harden did before the reboot and its canary has not confirmed",
          """
          DefaultDependencies=no
          After=harden-guard.service
          Before=shutdown.target
          Conflicts=shutdown.target

          [Service]
          Type=oneshot
          ExecStart=\(command)
          """)),
      Unit(
        name: "harden-guard-deadline.timer",
        text: text(
          "The time that what harden did before the reboot has",
          """
          DefaultDependencies=no
          Before=shutdown.target
          Conflicts=shutdown.target

          [Timer]
          OnBootSec=\(span.seconds + 1)s
          AccuracySec=100ms
          """), target: "sysinit.target"),
    ]
  }

  private static func text(_ about: String, _ rest: String) -> String {
    """
    # Written by harden for a run that waits to be confirmed; removed when it is.
    [Unit]
    Description=\(about)
    \(rest)

    """
  }

  /// Puts the units in place, and nothing of an earlier run beside them.
  func arm(on host: borrowing WritableHost) throws(SystemError) {
    try Self.disarm(on: host)
    for unit in units {
      try host.putGuardFile(unit.text, at: unit.path)
      guard let target = unit.target, let link = unit.link else { continue }
      try host.makeGuardFolder("\(Self.folder)/\(target).wants")
      try host.put(
        FileState(.link(unit.path), Attributes(owner: .id(0), group: .id(0))), content: [],
        at: link, over: .absent, temporary: Self.temporary)
    }
  }

  /// Takes all of it away, and stops the timer of the boot that it has begun in.
  static func disarm(on host: borrowing WritableHost) throws(SystemError) {
    for unit in units("", TimeSpan(seconds: 0)) {
      for path in [unit.link, unit.path].compactMap(\.self) {
        try host.removeTemporary(temporary, besides: path)
        let found = try host.host.capture(path).state.form
        guard found != .absent else { continue }
        try host.put(FileState.absent, content: [], at: path, over: found, temporary: temporary)
      }
      if unit.name.hasSuffix(".timer"), host.host.hasServiceManager {
        try host.stopUnit(unit.name)
      }
    }
  }
}

// MARK: - Files

extension WritableHost {
  /// Puts `text` where nothing stands; root's, and for everybody to read.
  func putGuardFile(_ text: String, at path: String) throws(SystemError) {
    let bytes = Array(text.utf8)
    try put(
      FileState(.file(Digest(of: bytes)), guardAttributes(0o644)), content: bytes, at: path,
      over: .absent, temporary: NextBoot.temporary)
  }

  /// Makes the directory where nothing stands.
  func makeGuardFolder(_ path: String) throws(SystemError) {
    guard try host.inode(path) == nil else { return }
    try put(
      FileState(.directory, guardAttributes(0o755)), content: [], at: path, over: .absent,
      temporary: NextBoot.temporary)
  }

  private func guardAttributes(_ mode: UInt16) -> Attributes {
    Attributes(owner: .id(0), group: .id(0), mode: Mode(mode))
  }
}
