internal import HardenModel
internal import HardenSystem

/// What undoes a run that nobody confirms: a copy of harden that outlives this process.
///
/// systemd gets a timer and, since a timer dies with the boot, what ``NextBoot`` has; elsewhere a
/// process watches. Each only asks `harden guard` to look: the journal decides, not the alarm.
struct Guard {
  let run: Int
  /// The program to copy.
  let program: String

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
    let words = words(on: host.host, store)
    guard host.host.hasServiceManager else {
      let process = try host.detach(words + ["--watch"])
      guard try Host().text("/proc/\(process)/comm") != nil else {
        throw SystemError(refusing: copy, "the guard's process ended at once")
      }
      return
    }
    try start(terms, words, on: host)
    try NextBoot(words: words, terms: terms).arm(on: host)
  }

  /// Starts the timer for `terms` and asks systemd whether it runs.
  private func start(_ terms: ConfirmTerms, _ words: [String], on host: borrowing WritableHost)
    throws(SystemError)
  {
    try ask(terms, words, on: host)
    let name = timer(terms)
    // systemd answers before it has begun; one that is busy takes its time.
    var state = try host.host.state(ofUnit: name)
    for _ in 0..<10 where state == "inactive" || state == "activating" {
      CurrentProcess.sleep(TimeSpan(seconds: 1))
      state = try host.host.state(ofUnit: name)
    }
    guard state == "active" else {
      throw SystemError(refusing: name, "the guard's timer is \(state) after its start")
    }
  }

  private func ask(_ terms: ConfirmTerms, _ words: [String], on host: borrowing WritableHost)
    throws(SystemError)
  {
    try host.startTimer(
      alarm(terms), about: "Undo run \(run) of harden unless confirmed",
      after: TimeSpan(seconds: max(1, (terms.deadline - Login.uptime + 999) / 1000)), words)
  }

  /// Whether the timer for `terms` is gone, as a soft reboot leaves it: the boot is the same, and what
  /// the next one would do is not done.
  func isGone(_ terms: ConfirmTerms, on host: borrowing Host) throws(SystemError) -> Bool {
    guard host.hasServiceManager else { return false }
    return try host.state(ofUnit: timer(terms)) == "inactive"
  }

  /// Has that timer start again, when the boot comes to it.
  func startAgain(
    _ terms: ConfirmTerms, on host: borrowing WritableHost, store: borrowing RunStore
  ) throws(SystemError) {
    try ask(terms, words(on: host.host, store), on: host)
  }

  /// Arms it for later `terms` besides; the process that watches reads the journal by itself.
  func extend(
    to terms: ConfirmTerms, on host: borrowing WritableHost, store: borrowing RunStore
  ) throws(SystemError) {
    guard host.host.hasServiceManager else { return }
    try start(terms, words(on: host.host, store), on: host)
  }

  /// Takes the alarm for `terms` away, and nothing else.
  func drop(_ terms: ConfirmTerms, on host: borrowing WritableHost) throws(SystemError) {
    guard host.host.hasServiceManager else { return }
    try host.stopUnit(timer(terms))
  }

  /// Takes away what ``arm(_:tool:on:store:)`` has set up.
  func disarm(_ terms: ConfirmTerms, on host: borrowing WritableHost) throws(SystemError) {
    if host.host.hasServiceManager { try NextBoot.disarm(on: host) }
    try drop(terms, on: host)
  }

  private func alarm(_ terms: ConfirmTerms) -> String { "harden-guard-\(run)-\(terms.deadline)" }

  private func timer(_ terms: ConfirmTerms) -> String { "\(alarm(terms)).timer" }

  /// What each alarm runs: the copy of this program, which looks.
  private func words(on host: borrowing Host, _ store: borrowing RunStore) -> [String] {
    let folder = store.state.path
    return ["\(folder)/guard/harden", "guard", "--root", host.rootPath, "--state", folder]
  }
}

// MARK: - Saying so

extension Guard {
  /// Where the next login reads of it; it is gone with the next boot.
  private static let notice = "/run/motd.d/harden"

  /// Tells everybody who is logged in, and whoever logs in next, what has become of the run.
  func announce(_ report: Report, on host: borrowing WritableHost) {
    guard host.host.isLive else { return }
    let text = "harden: run \(run) \(sentence(report))"
    // Nobody may be there to hear it; the journal and harden status have it all the same.
    _ = try? host.run(Command(["/usr/bin/wall", text], timeout: TimeSpan(seconds: 5)))
    try? host.makeGuardFolder("/run/motd.d")
    hush(on: host)
    try? host.putGuardFile("\(text)\n", at: Self.notice)
  }

  private func sentence(_ report: Report) -> String {
    switch report.ending {
    case .waiting:
      "waits for its canary in this boot, which confirms it or undoes it; see: harden status"
    case .incomplete:
      "was not confirmed, and undoing it left something for a person; see: harden show \(run)"
    case .reverted where report.failure != nil:
      "did not hold after the reboot and has been undone; see: journalctl HARDEN_RUN=\(run)"
    case .reverted: "was not confirmed in time and has been undone; see: harden status"
    default: "holds after the reboot and was confirmed by its canary; see: harden status"
    }
  }

  /// Takes the notice of an earlier run away.
  func hush(on host: borrowing WritableHost) {
    guard host.host.isLive, let found = try? host.host.capture(Self.notice).state.form,
      found != .absent
    else { return }
    try? host.put(
      FileState.absent, content: [], at: Self.notice, over: found,
      temporary: NextBoot.temporary)
  }
}
