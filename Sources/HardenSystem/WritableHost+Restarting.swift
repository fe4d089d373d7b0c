internal import CHarden
internal import Glibc
internal import HardenModel
internal import SystemPackage

/// What a unit would change besides its own process when it starts, and the drop-in below `/run` that
/// keeps it from that for the time of one start.
private struct QuietStart {
  let folder: String
  let text: String
  /// Whether systemd reads it, and not the program.
  let isUnitFile: Bool

  var path: String { "\(folder)/zzzz-harden.conf" }
  var content: [UInt8] { Array(text.utf8) }
  var form: FileState.Form { .file(Digest(of: content)) }

  static let all = [
    // journald switches the kernel's auditing by its `Audit=`, and Debian's switches it off: at a
    // boot auditd comes after it and switches it on, while nobody does in a host that runs.
    "systemd-journald.service": QuietStart(
      folder: "/run/systemd/journald.conf.d", text: "[Journal]\nAudit=\n", isUnitFile: false),
    // The unit loads the rules of the files in the place of those that the kernel has, and may lock
    // them. Red Hat's cannot be stopped by hand.
    "auditd.service": QuietStart(
      folder: "/run/systemd/system/auditd.service.d",
      text: "[Unit]\nRefuseManualStop=no\n[Service]\nExecStartPost=\n", isUnitFile: true),
  ]
}

extension WritableHost {
  /// Has `unit`, which runs, start anew by `method` of systemd, which is `RestartUnit` or
  /// `TryRestartUnit`, and the kernel's auditing stay as it is meanwhile.
  ///
  /// What is written first has the name `temporary`. Without `waits` only those are waited for that
  /// have started before anything that may wait for harden.
  func startAnew(_ unit: String, by method: String, waits: Bool = true, temporary: String)
    throws(SystemError)
  {
    guard let quiet = QuietStart.all[unit], try host.holder(.auditd) != nil else {
      return try change(unit, by: method, waits: waits)
    }
    let auditing = try isAuditing()
    let folder = try host.root.inode(quiet.folder)
    try makeFolder(quiet.folder, temporary: temporary)
    try put(
      FileState(quiet.form, .ofRoot(Mode(0o644))), content: quiet.content, at: quiet.path,
      over: host.root.inode(quiet.path) == nil ? .absent : quiet.form, temporary: temporary)
    var failure: SystemError?
    do throws(SystemError) {
      if quiet.isUnitFile { try reloadUnits() }
      try change(unit, by: method)
    } catch { failure = error }
    try lift(quiet, keeping: folder)
    if let auditing, let now = try isAuditing(), now != auditing {
      try setAuditStatus([.enabled: auditing])
    }
    if let failure { throw failure }
  }

  /// Removes what a restart that was interrupted has left below `/run`, if anything.
  package func clearQuietStarts() throws(SystemError) {
    for quiet in QuietStart.all.values where try host.root.inode(quiet.path) != nil {
      try lift(quiet, keeping: nil)
    }
  }

  /// A folder that was there has been the same all the time, to whom its time tells of news.
  private func lift(_ quiet: QuietStart, keeping folder: Inode?) throws(SystemError) {
    try remove(quiet.path, quiet.form)
    if let folder {
      let opened = try host.root.open(quiet.folder, flags: O_RDONLY | O_DIRECTORY)
      try calls.make("futimens", quiet.folder) {
        Int(
          charden_set_modified(
            opened.number, folder.modified.seconds, Int(folder.modified.nanoseconds)))
      }
    } else if try host.fresh().entries(quiet.folder).isEmpty {
      try remove(quiet.folder, .directory)
    }
    if quiet.isUnitFile { try reloadUnits() }
  }

  private func remove(_ path: String, _ form: FileState.Form) throws(SystemError) {
    try put(FileState(.absent), content: [], at: path, over: form, temporary: "")
  }

  /// What the kernel says of whether it audits; nil where it cannot be asked.
  private func isAuditing() throws(SystemError) -> UInt32? {
    guard case .state(let state) = try host.fresh().audit() else { return nil }
    return state.status[.enabled]
  }

  /// Makes a folder below `/run` that is not there yet.
  func makeFolder(_ path: String, temporary: String) throws(SystemError) {
    guard try host.root.inode(path) == nil else { return }
    let folder = FileState(.directory, .ofRoot(Mode(0o755)))
    try put(folder, content: [], at: path, over: .absent, temporary: temporary)
  }
}
