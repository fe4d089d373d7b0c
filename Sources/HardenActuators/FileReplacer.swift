internal import HardenModel
internal import HardenSystem

/// Creates, replaces and removes files, directories and links as a whole.
enum FileReplacer: Actuator {
  static func standing(of order: WriteFile, on host: borrowing Host) throws(SystemError) -> Standing
  {
    let found = try host.capture(order.path).state
    let accounts = try host.accounts()
    if found.meets(order.after, accounts) { return .after }
    return found.meets(order.before, accounts) ? .before : .neither(found.summary)
  }

  static func capture(_ order: WriteFile, on host: borrowing Host) throws(SystemError) -> Capture {
    let (state, content) = try host.capture(order.path)
    try state.requireUnlocked(order.path)
    return Capture(.file(state), content: state.isFile ? content : nil)
  }

  static func perform(
    _ order: WriteFile, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    let existing = try host.host.capture(order.path).state
    var state = order.after
    // A before-image says everything; a wanted state keeps what it does not name.
    if state.modified == nil {
      state.attributes = state.attributes.filled(from: existing.attributes)
    }
    if state.form != .absent, existing.form == .absent {
      state.attributes = state.attributes.filled(
        from: Attributes(
          owner: .id(0), group: .id(0), mode: Mode(state.form == .directory ? 0o755 : 0o644)))
    }
    let bytes: [UInt8] = if case .file(let digest) = state.form { try content(digest) } else { [] }
    try host.put(
      state, content: bytes, at: order.path, over: existing.form, temporary: temporary)
  }

  static func undo(
    _ order: WriteFile, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .file(let original) = before else { return Undo() }
    let found = try host.capture(order.path).state
    let accounts = try host.accounts()
    if found.isSame(as: original) { return Undo() }
    let isOurs: Bool =
      if case .file(let done)? = after { found.isSame(as: done) } else {
        found.meets(order.after, accounts)
      }
    let leftovers =
      found.form == .directory && original.form == .absent
      ? try host.entries(order.path) : []
    guard isOurs, leftovers.isEmpty else {
      // An earlier step of the run has changed the file since the images were taken, and this one
      // was not done: undoing that one is all it needs.
      if found.meets(order.before, accounts) { return Undo() }
      let now = leftovers.isEmpty ? found.summary : "directory holding \(leftovers[0])"
      return Undo(conflicts: [
        Conflict(order.path, before: original.summary, after: order.after.summary, found: now)
      ])
    }
    return Undo([.writeFile(WriteFile(path: order.path, before: found.claim, after: original))])
  }
}

extension FileState {
  var isFile: Bool { if case .file = form { true } else { false } }

  /// Whether two complete states are the same to everybody but a clock.
  func isSame(as other: FileState) -> Bool {
    form == other.form && attributes.xattrs == other.attributes.xattrs
      && attributes.owner == other.attributes.owner && attributes.group == other.attributes.group
      && attributes.mode == other.attributes.mode
      && (attributes.flags ?? 0) & Inode.settableFlags
        == (other.attributes.flags ?? 0) & Inode.settableFlags
  }

  /// The state as a claim that another run of the clock does not break.
  var claim: FileState {
    var claim = self
    claim.modified = nil
    return claim
  }
}
