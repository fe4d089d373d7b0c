internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// Whether processes have read what their configuration files say by now.
///
/// What tells is the host alone, so that a crash between a file and its reader loses nothing.
extension Host {
  /// The active unit of `owner`, which holds what its files say; nil where none does.
  package func holder(_ owner: ConfigurationOwner) throws(SystemError) -> String? {
    guard hasServiceManager else { return nil }
    let states = try units().states
    return owner.units.first { states[$0]?.isActive == true }
  }

  /// Whether any of `paths` has changed since `unit`, which is active, has read them; a change that
  /// only its start takes counts from its start.
  ///
  /// Of a folder the names count. What is not there has changed its folder when it went.
  package func isOutdated(
    _ unit: String, _ owner: ConfigurationOwner, by paths: [String], fromStart: Bool = false
  ) throws(SystemError) -> Bool {
    memory.note(.units)
    if planned.rereads[unit] != nil, !fromStart { return false }
    if planned.restarts.contains(unit) || planned.units[unit] != nil { return false }
    for path in paths where try isPlannedContent(path) { return true }
    guard let state = try units().states[unit], state.isActive else { return false }
    guard let started = state.started, let reread = state.reread else {
      throw SystemError(refusing: "unit \(unit)", "systemd does not say when it has read its files")
    }
    let read: Timestamp
    switch owner.means {
    case _ where fromStart: read = started
    case .restart: read = started
    case .reload: read = reread
    case .signal: read = max(started, try signalled(unit) ?? started)
    }
    // The kernel stamps files by a clock that is a tick behind. What a clock that was set since has
    // put into the future tells nothing, and would never be read.
    let (limit, now) = (read.advanced(by: -Self.tick), CurrentProcess.moment)
    for path in paths {
      if let changed = try lastChange(path), changed > limit, changed <= now { return true }
    }
    return false
  }

  /// The longest tick of a kernel, in nanoseconds.
  fileprivate static var tick: Int64 { 10_000_000 }

  private func isPlannedContent(_ path: String) throws(SystemError) -> Bool {
    guard !planned.files.isEmpty else { return false }
    guard try inodeFollowing(path)?.form == .directory else { return try isPlanned(path) }
    let folder = try canonical(path, last: .follow)
    return planned.names[folder]?.contains { !$0.value } ?? false
  }

  /// When `path`, or what it leads to, changed last.
  private func lastChange(_ path: String) throws(SystemError) -> Timestamp? {
    var found: Timestamp?
    for inode in [try inode(path), try inodeFollowing(path)] {
      guard let inode else { continue }
      // The other time of a file can be set, and is when an old file comes back.
      let change = inode.form == .directory ? inode.modified : inode.changed
      found = max(found ?? change, change)
    }
    guard found == nil, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      return found
    }
    return try lastChange(String(path[..<slash]))
  }

  /// How `unit` of `owner` comes to read its files now: auditd has to start anew where they have it
  /// look for its host's name, which it does at its start alone; after a signal it would write
  /// `node=(null)` in front of every record.
  fileprivate func means(of owner: ConfigurationOwner, _ unit: String) throws(SystemError)
    -> ConfigurationOwner.Means
  {
    let path = "/etc/audit/auditd.conf"
    guard owner == .auditd, let content = try contents(path, last: .follow),
      let format = KeyedLines(content, .keyvalue).text(of: "name_format")?.lowercased(),
      ["hostname", "fqd", "numeric"].contains(format), try isOutdated(unit, owner, by: [path])
    else { return owner.means }
    return .restart
  }

  // MARK: Signals

  /// Where it is kept what was signalled to this start of `unit`, until the next boot.
  static func record(of unit: String) -> String { "\(records)/\(unit)" }
  static let records = "/run/harden"

  /// When `unit` was last sent a signal to read its configuration again since it started.
  private func signalled(_ unit: String) throws(SystemError) -> Timestamp? {
    guard let start = try start(ofUnit: unit),
      let words = try linkTarget(Self.record(of: unit))?.split(at: ":"), words.count == 2,
      words[0] == start.invocation, let time = UInt64(words[1])
    else { return nil }
    return Timestamp(microseconds: time)
  }
}

extension WritableHost {
  /// Has `unit` read its configuration again as `owner` does; during a boot nobody waits for it.
  ///
  /// What is written first has the name `temporary`. The corresponding calls of systemd are
  /// `ReloadOrTryRestartUnit`, `TryRestartUnit` and `KillUnit`.
  package func reread(_ unit: String, _ owner: ConfigurationOwner, temporary: String)
    throws(SystemError)
  {
    // From here on it is later than any change, by the clock of files as well.
    usleep(UInt32(2 * Host.tick / 1000))
    let waits = try host.units().isUp
    switch try host.fresh().means(of: owner, unit) {
    case .reload: try change(unit, by: "ReloadOrTryRestartUnit", waits: waits)
    case .restart: try startAnew(unit, by: "TryRestartUnit", waits: waits, temporary: temporary)
    case .signal:
      guard let start = try host.start(ofUnit: unit) else { return }
      let now = CurrentProcess.moment
      try calls.make("KillUnit", unit) { unsafe Int(charden_signal_unit(unit, SIGHUP)) }
      try makeFolder(Host.records, temporary: temporary)
      let record = Host.record(of: unit)
      let link = FileState.Form.link("\(start.invocation):\(now.microseconds)")
      let existing = try host.root.inode(record) == nil ? FileState.Form.absent : link
      try put(FileState(link), content: [], at: record, over: existing, temporary: temporary)
    }
  }

  /// Refuses what the files of `owner` say as a whole where the program does not take it.
  package func requireTaken(by owner: ConfigurationOwner) throws(SystemError) {
    guard owner == .sshd else { return }
    let program = ConfigurationCheck.sshd.program
    let end = try run([program], ["-t"], seconds: 10)
    guard end.status != 0, !ConfigurationCheck.sshd.isTaken(saying: end.lastWords) else { return }
    throw SystemError(
      refusing: "configuration of sshd", "\(program) -t does not take it: \(end.message)")
  }
}

extension Timestamp {
  fileprivate func advanced(by span: Int64) -> Timestamp {
    let (second, total) = (Int64(1_000_000_000), Int64(nanoseconds) + span)
    let carry = total < 0 ? -1 : total / second
    return Timestamp(seconds: seconds + carry, nanoseconds: Int32(total - carry * second))
  }

  fileprivate var microseconds: Int64 { seconds * 1_000_000 + Int64(nanoseconds) / 1000 }
}
