internal import HardenModel
internal import HardenSystem

/// What undoes a run that nobody confirms: a copy of harden that outlives this process.
///
/// systemd gets a timer and, since a timer dies with the boot, a service for the next one; elsewhere a
/// process watches. Each only asks `harden guard` to look: the journal decides, not the alarm.
struct Guard {
  let run: Int
  /// The program to copy.
  let program: String
  private let unit = "/etc/systemd/system/harden-guard.service"
  private let link = "/etc/systemd/system/sysinit.target.wants/harden-guard.service"

  /// Arms it for `terms` and reads back that it is armed.
  func arm(
    _ terms: ConfirmTerms, tool: String, on host: borrowing WritableHost, store: borrowing RunStore
  ) throws(SystemError) {
    let copy = try store.state.keepProgram(program, as: "guard/harden")
    let ending = try host.run(Command([copy, "--version"], timeout: TimeSpan(seconds: 20)))
    guard ending.status == 0, ending.output == "\(tool)\n" else {
      throw SystemError(
        refusing: copy,
        "the guard's copy does not run here: exit \(ending.status): \(ending.output)")
    }
    let words = [copy, "guard", "--root", host.host.rootPath, "--state", store.state.path]
    guard host.host.hasServiceManager else {
      let process = try host.detach(words + ["--watch"])
      guard try Host().text("/proc/\(process)/comm") != nil else {
        throw SystemError(refusing: copy, "the guard's process ended at once")
      }
      return
    }
    try start(terms, words, on: host)
    try keep(words, on: host)
  }

  /// Starts the timer for `terms` and asks systemd whether it runs.
  func start(_ terms: ConfirmTerms, _ words: [String], on host: borrowing WritableHost)
    throws(SystemError)
  {
    let span = TimeSpan(seconds: max(1, (terms.deadline - Login.uptime + 999) / 1000))
    let name = timer(terms)
    try host.startTimer(
      name, about: "Undo run \(run) of harden unless confirmed", after: span, words)
    // systemd answers before it has begun; one that is busy takes its time.
    var state = try host.host.state(ofUnit: "\(name).timer")
    for _ in 0..<10 where state == "inactive" || state == "activating" {
      CurrentProcess.sleep(TimeSpan(seconds: 1))
      state = try host.host.state(ofUnit: "\(name).timer")
    }
    guard state == "active" else {
      throw SystemError(refusing: "\(name).timer", "the guard's timer is \(state) after its start")
    }
  }

  /// Arms it for later `terms` besides; the process that watches reads the journal by itself.
  func extend(
    to terms: ConfirmTerms, on host: borrowing WritableHost, store: borrowing RunStore
  ) throws(SystemError) {
    guard host.host.hasServiceManager else { return }
    try start(
      terms,
      [
        "\(store.state.path)/guard/harden", "guard", "--root", host.host.rootPath, "--state",
        store.state.path,
      ], on: host)
  }

  /// Takes the alarm for `terms` away, and nothing else.
  func drop(_ terms: ConfirmTerms, on host: borrowing WritableHost) throws(SystemError) {
    guard host.host.hasServiceManager else { return }
    try host.stopUnit("\(timer(terms)).timer")
  }

  /// Takes away what ``arm(_:tool:on:store:)`` has set up.
  func disarm(_ terms: ConfirmTerms, on host: borrowing WritableHost) throws(SystemError) {
    try drop(terms, on: host)
    if host.host.hasServiceManager { try forget(on: host) }
  }

  private func timer(_ terms: ConfirmTerms) -> String { "harden-guard-\(run)-\(terms.deadline)" }
}

// MARK: - The next boot

extension Guard {
  /// What systemd runs early at the next boot, when kernel parameters and mounts are as that boot
  /// makes them and nobody can log in yet.
  private static func text(_ words: [String]) -> String {
    """
    # Written by harden for a run that waits to be confirmed; removed when it is.
    [Unit]
    Description=Undo what harden did and nobody confirmed
    DefaultDependencies=no
    After=local-fs.target systemd-sysctl.service systemd-remount-fs.service
    Before=sysinit.target network-pre.target shutdown.target
    Wants=network-pre.target
    Conflicts=shutdown.target

    [Service]
    Type=oneshot
    ExecStart=\(words.map { "\"\($0)\"" }.joined(separator: " "))

    [Install]
    WantedBy=sysinit.target

    """
  }

  private static let attributes = Attributes(
    owner: .id(0), group: .id(0), mode: Mode(0o644))

  private func keep(_ words: [String], on host: borrowing WritableHost) throws(SystemError) {
    let bytes = Array(Self.text(words).utf8)
    let (kept, pulled) = (try host.host.contents(unit), try host.host.linkTarget(link))
    guard kept != bytes || pulled != unit else { return }
    try forget(on: host)
    let wants = "/etc/systemd/system/sysinit.target.wants"
    if try host.host.inode(wants) == nil {
      var folder = Self.attributes
      folder.mode = Mode(0o755)
      try host.put(
        FileState(.directory, folder), content: [], at: wants, over: .absent,
        temporary: ".harden-guard~")
    }
    try host.put(
      FileState(.file(Digest(of: bytes)), Self.attributes), content: bytes, at: unit, over: .absent,
      temporary: ".harden-guard~")
    try host.put(
      FileState(.link(unit), Attributes(owner: .id(0), group: .id(0))), content: [], at: link,
      over: .absent, temporary: ".harden-guard~")
  }

  private func forget(on host: borrowing WritableHost) throws(SystemError) {
    for path in [link, unit] {
      try host.removeTemporary(".harden-guard~", besides: path)
      let found = try host.host.capture(path).state.form
      guard found != .absent else { continue }
      try host.put(
        FileState.absent, content: [], at: path, over: found, temporary: ".harden-guard~")
    }
  }
}

// MARK: - Saying so

extension Guard {
  /// Where the next login reads of it; it is gone with the next boot.
  private static let notice = "/run/motd.d/harden"

  /// Tells everybody who is logged in, and whoever logs in next, that the run was undone.
  func announce(_ text: String, on host: borrowing WritableHost) {
    guard host.host.isLive else { return }
    // Nobody may be there to hear it; the journal and harden status have it all the same.
    _ = try? host.run(Command(["/usr/bin/wall", text], timeout: TimeSpan(seconds: 5)))
    let bytes = Array("\(text)\n".utf8)
    if ((try? host.host.inode("/run/motd.d")) ?? nil) == nil {
      var folder = Self.attributes
      folder.mode = Mode(0o755)
      try? host.put(
        FileState(.directory, folder), content: [], at: "/run/motd.d", over: .absent,
        temporary: ".harden-guard~")
    }
    hush(on: host)
    try? host.put(
      FileState(.file(Digest(of: bytes)), Self.attributes), content: bytes, at: Self.notice,
      over: .absent, temporary: ".harden-guard~")
  }

  /// Takes the notice of an earlier run away.
  func hush(on host: borrowing WritableHost) {
    guard host.host.isLive, let found = try? host.host.capture(Self.notice).state.form,
      found != .absent
    else { return }
    try? host.put(
      FileState.absent, content: [], at: Self.notice, over: found,
      temporary: ".harden-guard~")
  }
}
