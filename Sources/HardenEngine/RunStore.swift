package import HardenModel
package import HardenSystem

/// The runs of one host, as kept in its state directory.
///
///     runs/<number>/{plan.json, journal, result.json}    blobs/sha256/<digest>
package struct RunStore: ~Copyable {
  let state: StateDirectory

  /// The store in `state`.
  package init(_ state: consuming StateDirectory) { self.state = state }

  /// Opens the store below `path`, making it where it is missing.
  ///
  /// Where nothing can be written down, nothing may be changed: that is the journal's failure.
  package static func create(_ path: String) throws(Failure) -> RunStore {
    do throws(SystemError) { return RunStore(try StateDirectory.create(path)) } catch {
      throw error.isPermission || error.errno == nil ? .system(error) : .journal(error)
    }
  }

  /// The right to change the host; nil when another process has it.
  func lock() throws(Failure) -> RunLock? {
    do throws(SystemError) { return try state.lock() } catch { throw .journal(error) }
  }

  /// The numbers of all runs, oldest first.
  package func numbers() throws(SystemError) -> [Int] {
    try state.names("runs").compactMap { Int($0) }.sorted()
  }

  /// The plan of a run.
  package func plan(of run: Int) throws(Failure) -> Plan {
    guard let bytes = try load("runs/\(run)/plan.json") else {
      throw .noSuchRun("there is no run \(run); harden runs lists them")
    }
    return try PlanFile.decode(bytes)
  }

  /// How a run ended; nil while it is unfinished.
  package func result(of run: Int) throws(Failure) -> RunResult? {
    guard let bytes = try load("runs/\(run)/result.json") else { return nil }
    do { return try JSON.decode(bytes) as RunResult } catch {
      throw .corrupt(run: run, .changedSinceEnd)
    }
  }

  /// What the journal of a run says; throws ``Failure/corrupt(run:_:)`` for one that cannot be
  /// believed, and for a finished one that is not what it was.
  package func journal(of run: Int) throws(Failure) -> JournalReading {
    try journalWithBytes(of: run).reading
  }

  func journalWithBytes(of run: Int) throws(Failure) -> (reading: JournalReading, bytes: [UInt8]) {
    let bytes = try load("runs/\(run)/journal") ?? []
    if let result = try result(of: run) {
      guard bytes.count == result.journalLength, Digest(of: bytes) == result.journalDigest else {
        throw .corrupt(run: run, .changedSinceEnd)
      }
    }
    do throws(JournalDamage) { return (try JournalReading(bytes), bytes) } catch {
      throw .corrupt(run: run, error)
    }
  }

  /// The run that was begun and never ended, if any.
  package func unfinished() throws(Failure) -> Int? {
    do throws(SystemError) {
      for run in try numbers().reversed() where try state.contents("runs/\(run)/result.json") == nil
      {
        return run
      }
      return nil
    } catch { throw .system(error) }
  }

  /// The bytes kept under `digest`.
  package func blob(_ digest: Digest) throws(SystemError) -> [UInt8] {
    let name = "blobs/sha256/\(digest)"
    guard let bytes = try state.contents(name) else {
      throw SystemError(refusing: "\(state.path)/\(name)", "the before-image is missing")
    }
    guard Digest(of: bytes) == digest else {
      throw SystemError(refusing: "\(state.path)/\(name)", "the before-image is damaged")
    }
    return bytes
  }

  /// Keeps `bytes` under their digest, durably.
  func keep(_ bytes: [UInt8]) throws(SystemError) {
    let name = "blobs/sha256/\(Digest(of: bytes))"
    if let known = try state.contents(name), known == bytes { return }
    try state.makeDirectory("blobs/sha256")
    try state.store(bytes, as: name)
  }

  private func load(_ name: String) throws(Failure) -> [UInt8]? {
    do throws(SystemError) { return try state.contents(name) } catch { throw .system(error) }
  }
}

/// How a run ended, with what it set: enough to know who owns what without opening its plan.
package struct RunResult: Hashable, Sendable, Codable {
  /// The run's number.
  package var run: Int
  /// What its plan does.
  package var kind: Plan.Kind
  /// Its plan's id.
  package var plan: Digest
  /// Its plan's nonce.
  package var planNonce: UInt64
  /// How it ended.
  package var ending: Report.Ending
  /// When it began, seconds since 1970.
  package var began: Int64
  /// When it ended, seconds since 1970.
  package var ended: Int64
  /// Who began it.
  package var actor: Actor
  /// The playbooks that it was for.
  package var playbooks: [String]
  /// The runs that it was to undo.
  package var undoes: [Int]
  /// What it changed.
  package var changed: [Owned]
  /// What it put back.
  package var restored: [Orphan]
  /// How it went wrong, when it did.
  package var failure: String?
  /// The length of its journal in bytes.
  package var journalLength: Int
  /// The digest of its journal.
  package var journalDigest: Digest

  /// A resource that a run set, and for whom.
  package struct Owned: Hashable, Sendable, Codable {
    /// The resource.
    package var address: Address
    /// The playbook that asked for it.
    package var playbook: String
    /// The control that asked for it.
    package var control: String
    /// Where that control stood.
    package var at: SourceRange?
    /// What it was set to, plane by plane.
    package var wanted: Digest
    /// Whether some of it was to come with the next reboot; nil is no.
    package var awaited: Bool?
  }
}
