internal import HardenModel
internal import HardenSystem

/// Asks the probes of a canary, one after the other.
struct Canary {
  let probes: [CanaryProbe]
  /// How the host was before the run's first effect.
  let baseline: CanaryBaseline?

  /// What the probes of `plan` will compare with, read now; nil when nothing will be compared.
  static func baseline(of plan: Plan, on host: borrowing Host) throws(Failure) -> CanaryBaseline? {
    let probes = (plan.canary ?? []).map(\.probe)
    guard host.isLive, !probes.isEmpty else { return nil }
    return try asFailure { () throws(SystemError) in
      var baseline = CanaryBaseline()
      if probes.contains(.listening) { baseline.listening = try host.lastingSockets() }
      if probes.contains(.failedUnits), host.hasServiceManager {
        baseline.failedUnits = try host.failedUnits()
      }
      return baseline == CanaryBaseline() ? nil : baseline
    }
  }

  /// What one probe finds; it throws for an interruption only.
  ///
  /// Where it `isEarly`, right after a boot, what it looks at may be starting: it is asked again as
  /// long as one answer may take.
  func ask(_ probe: CanaryProbe, on host: borrowing WritableHost, isEarly: Bool = false)
    throws(SystemError) -> Report.Probed
  {
    let end = Login.uptime + probe.timeout.seconds * 1000
    while true {
      guard !Interruption.isRequested else {
        throw SystemError(refusing: "canary", "interrupted before \(probe.id)")
      }
      let answer = answer(to: probe, on: host, isEarly: isEarly)
      guard isEarly, case .fails = answer, Login.uptime < end else {
        return Report.Probed(probe, answer)
      }
      CurrentProcess.sleep(TimeSpan(seconds: 1))
    }
  }

  /// Trouble with asking counts as a failure.
  private func answer(
    to canary: CanaryProbe, on host: borrowing WritableHost, isEarly: Bool
  ) -> ProbeAnswer {
    guard host.host.isLive else {
      return .notApplicable(reason: "an image has nothing that runs")
    }
    do throws(SystemError) {
      return try answer(to: canary.probe, within: canary.timeout, on: host, isEarly: isEarly)
    } catch {
      return .fails(reason: "\(error)")
    }
  }

  private func answer(
    to probe: Probe, within timeout: TimeSpan, on host: borrowing WritableHost, isEarly: Bool
  ) throws(SystemError) -> ProbeAnswer {
    switch probe {
    case .tcp(let address, let port):
      _ = try host.ask(address, port, request: nil, timeout: timeout)
      return .holds
    case .http(let address, let port, let name, let path):
      let request = "GET \(path) HTTP/1.0\r\nHost: \(name)\r\nConnection: close\r\n\r\n"
      return Self.judge(http: try host.ask(address, port, request: request, timeout: timeout))
    case .unit(let name):
      guard host.host.hasServiceManager else {
        return .notApplicable(reason: "no systemd runs here")
      }
      let state = try host.host.state(ofUnit: name)
      return state == "active" ? .holds : .fails(reason: "\(name) is \(state)")
    case .command(let words, let user):
      guard let identity = try host.host.identity(of: user) else {
        return .fails(reason: "there is no user '\(user)'")
      }
      return Self.judge(try host.run(Command(words, as: identity, timeout: timeout)), timeout)
    case .login(let user):
      let words = ["/bin/su", "--login", user, "--command", "true"]
      return Self.judge(
        try host.run(Command(words, gainsPrivileges: true, timeout: timeout)), timeout)
    case .sudo(let user): return try sudo(user, within: timeout, on: host)
    case .writable(let path):
      try host.tryWriting(in: path)
      return .holds
    case .listening:
      var before = baseline?.listening
      if isEarly { before = before.map { $0.filter { !host.host.isChosenByKernel($0) } } }
      return Self.judge(
        gone: before, now: try host.host.listeningSockets(), "is no longer listened on")
    case .failedUnits:
      guard host.host.hasServiceManager else {
        return .notApplicable(reason: "no systemd runs here")
      }
      return Self.judge(
        gone: try host.host.failedUnits(), now: baseline?.failedUnits ?? [], "has failed")
    }
  }
}

// MARK: - Judging

extension Canary {
  /// What a web server's reply says.
  static func judge(http reply: String) -> ProbeAnswer {
    let line = reply.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let words = line.split(at: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
      return .fails(reason: "the answer is no HTTP: '\(line.prefix(80))'")
    }
    return (100..<400).contains(status) ? .holds : .fails(reason: "it answers with \(status)")
  }

  /// What the end of a command says.
  static func judge(_ ending: Command.Ending, _ timeout: TimeSpan) -> ProbeAnswer {
    if ending.isTimedOut {
      return .fails(reason: "not done within \(timeout); it was killed with all that it started")
    }
    guard ending.status != 0 else { return .holds }
    return .fails(reason: "exit \(ending.status)\(lastLine(ending).map { ": \($0)" } ?? "")")
  }

  /// Whether nothing of `before` is missing `now`.
  static func judge(gone before: [String]?, now: [String], _ what: String) -> ProbeAnswer {
    guard let before else {
      return .notApplicable(reason: "it is not known how it was before the run")
    }
    let gone = Set(before).subtracting(now).sorted()
    guard let first = gone.first else { return .holds }
    return .fails(reason: "\(first) \(what)\(gone.count > 1 ? ", and \(gone.count - 1) more" : "")")
  }

  /// Asks sudo twice: what it would let the account do, and, as the account, whether it runs at all.
  ///
  /// It must not ask for a password: that it wants one shows that it works.
  private func sudo(_ user: String, within timeout: TimeSpan, on host: borrowing WritableHost)
    throws(SystemError) -> ProbeAnswer
  {
    guard let identity = try host.host.identity(of: user) else {
      return .fails(reason: "there is no user '\(user)'")
    }
    let program = "/usr/bin/sudo"
    let rights = try host.run(
      Command([program, "-n", "-l", "-U", user], gainsPrivileges: true, timeout: timeout))
    if rights.status != 0 || rights.output.contains("is not allowed to run sudo") {
      return Self.judge(
        Command.Ending(
          status: max(1, rights.status), isTimedOut: rights.isTimedOut, output: rights.output),
        timeout)
    }
    let own = try host.run(
      Command([program, "-n", "-v"], as: identity, gainsPrivileges: true, timeout: timeout))
    return own.output.contains("password is required") ? .holds : Self.judge(own, timeout)
  }

  private static func lastLine(_ ending: Command.Ending) -> String? {
    ending.output.split(whereSeparator: \.isNewline).last.map { String($0.prefix(200)) }
  }
}
