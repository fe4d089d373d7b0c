internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// A unit that systemd has loaded.
package struct UnitState: Hashable, Sendable {
  /// `LoadState`: `loaded`, `masked`, `not-found` and so on.
  package var load: String
  /// `ActiveState`: `active`, `inactive`, `failed` and so on.
  package var active: String
  /// Whether it is to be started or stopped as soon as what comes before it has been.
  package var isQueued = false
  /// When it began to start; nil where nobody asked.
  package var started: Timestamp?
  /// When it last read its configuration as far as systemd knows; nil where nobody asked.
  package var reread: Timestamp?

  /// Whether it runs, or is about to.
  package var isActive: Bool { !["inactive", "failed"].contains(active) }
}

/// All units that systemd has loaded; one that is not among them is inactive.
package struct UnitTable: Hashable, Sendable {
  /// The units by name.
  package var states: [String: UnitState]
  /// When systemd last read its unit files; nil where it does not say.
  package var loaded: Timestamp?

  /// Whether the boot has come so far that services start; before, a start would wait for the boot,
  /// which may wait for harden.
  package var isUp: Bool { states["basic.target"]?.isActive ?? false }

  /// Whether the boot goes on to where services start; in an emergency it does not.
  package var isComingUp: Bool { !isUp && states["basic.target"]?.isQueued ?? false }

  /// Reads lines of name, `LoadState`, `ActiveState`, whether there is a job, and the times of those
  /// that were asked for; these and `loaded` are in microseconds.
  init(_ text: String, loaded: UInt64) {
    states = [:]
    for line in text.split(at: "\n") {
      let words = line.split(at: " ").map(String.init)
      guard words.count >= 4 else { continue }
      var state = UnitState(load: words[1], active: words[2], isQueued: words[3] == "1")
      let times = words.dropFirst(4).map { UInt64($0).flatMap { $0 == 0 ? nil : $0 } }
      if times.count == 2 {
        state.started = times[0].map(Timestamp.init(microseconds:))
        state.reread = times[1].map(Timestamp.init(microseconds:))
      }
      states[words[0]] = state
    }
    self.loaded = loaded == 0 ? nil : Timestamp(microseconds: loaded)
  }
}

extension Host {
  /// Every unit that systemd has loaded, asked once; planned steps are laid over it.
  package func units() throws(SystemError) -> UnitTable {
    try once("units") { host throws(SystemError) in
      host.memory.note(.units)
      var table = try host.loadedUnits()
      for (name, isActive) in host.planned.units {
        table.states[name, default: UnitState(load: "loaded", active: "")].active =
          isActive ? "active" : "inactive"
      }
      return table
    }
  }

  /// The units whose times are of interest.
  private static let owners = ConfigurationOwner.allCases.flatMap(\.units).joined(separator: " ")

  func loadedUnits() throws(SystemError) -> UnitTable {
    if let held = held.units { return try held.get() }
    var bytes = [CChar](repeating: 0, count: 1 << 20)
    var loaded: UInt64 = 0
    let length = unsafe charden_units(Self.owners, &bytes, bytes.count, &loaded)
    guard length >= 0 else { throw SystemError("ListUnits", "systemd", Errno(rawValue: -length)) }
    return UnitTable(Self.text(bytes, Int(length)), loaded: loaded)
  }

  /// What tells the last start of `unit` from the next, and when it was; nil where there was none.
  ///
  /// systemd keeps a link for it below `/run/systemd/units`.
  package func start(ofUnit unit: String) throws(SystemError) -> (
    invocation: String, at: Timestamp
  )? {
    let path = "/run/systemd/units/invocation:\(unit)"
    guard isLive, let invocation = try linkTarget(path), let inode = try inode(path) else {
      return nil
    }
    return (invocation, inode.modified)
  }

  /// Whether planned steps start or stop `unit`, and which.
  package func plannedActivity(ofUnit unit: String) -> Bool? {
    memory.note(.units)
    return planned.units[unit]
  }

  /// Whether planned steps start `unit` anew.
  package func isRestartPlanned(ofUnit unit: String) -> Bool {
    memory.note(.units)
    return planned.restarts.contains(unit)
  }

  /// Whether any of `paths` has changed since systemd last read its unit files.
  ///
  /// Whatever puts a file in place, or takes it away, changes its directory; a file that is not there
  /// has the nearest directory that is.
  package func isUnread(_ paths: [String]) throws(SystemError) -> Bool {
    memory.note(.units)
    guard !planned.hasReadUnits, let loaded = try units().loaded else { return false }
    for path in paths {
      if let inode = try inode(path), inode.form != .directory, inode.modified > loaded {
        return true
      }
      var parent = path[...]
      while let slash = parent.lastIndex(of: "/"), slash != parent.startIndex {
        parent = parent[..<slash]
        guard let inode = try inodeFollowing(String(parent)) else { continue }
        if inode.modified > loaded { return true }
        break
      }
    }
    return false
  }
}

extension WritableHost {
  /// Starts `unit` and waits until it has started.
  ///
  /// The corresponding call of systemd is `StartUnit`.
  package func startUnit(_ unit: String) throws(SystemError) {
    try change(unit, by: "StartUnit")
  }

  /// Stops `unit`; one that does not exist is no error.
  ///
  /// The corresponding call of systemd is `StopUnit`.
  package func stopUnit(_ unit: String) throws(SystemError) {
    do throws(SystemError) { try change(unit, by: "StopUnit") } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
    }
  }

  /// Stops what runs of `unit` and starts it again; what is written below `/run` meanwhile first has
  /// the name `temporary`.
  ///
  /// The corresponding call of systemd is `RestartUnit`.
  package func restartUnit(_ unit: String, temporary: String) throws(SystemError) {
    try startAnew(unit, by: "RestartUnit", temporary: temporary)
  }

  /// Has the boot that is going on start `unit` when its turn comes, or not at all.
  ///
  /// The corresponding calls of systemd are `StartUnit` and `StopUnit`, whose ends are not waited for,
  /// since they may wait for this process.
  package func queueUnit(_ unit: String, isRunning: Bool) throws(SystemError) {
    try change(unit, by: isRunning ? "StartUnit" : "StopUnit", waits: false)
  }

  func change(_ unit: String, by method: String, waits: Bool = true) throws(SystemError) {
    try calls.make(method, unit) { unsafe Int(charden_change_unit(method, unit, waits ? 1 : 0)) }
  }

  /// Makes systemd read its unit files again.
  ///
  /// The corresponding call of systemd is `Reload`.
  package func reloadUnits() throws(SystemError) {
    try calls.make("Reload", "systemd") { Int(charden_reload_units()) }
  }
}

extension Timestamp {
  /// So many microseconds after 1970-01-01 UTC.
  init(microseconds: UInt64) {
    self.init(
      seconds: Int64(microseconds / 1_000_000),
      nanoseconds: Int32(microseconds % 1_000_000) * 1000)
  }
}
