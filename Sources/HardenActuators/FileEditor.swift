internal import HardenModel
internal import HardenSystem

/// Changes units inside a file and puts the whole file in place at once.
enum FileEditor: Actuator {
  static func standing(of order: EditFile, on host: borrowing Host) throws(SystemError) -> Standing
  {
    let content = try host.contents(order.path, limit: Host.contentLimit) ?? []
    let standings = order.format.standings(of: order.edits, in: content)
    if standings.allSatisfy({ $0 == .after }) { return .after }
    if standings.allSatisfy({ $0 == .before }) { return .before }
    let odd = zip(order.edits, standings).first { $0.1 != .before }
    return .neither(odd.map { "\($0.0.unit) is as nobody expected" } ?? "")
  }

  static func capture(_ order: EditFile, on host: borrowing Host) throws(SystemError) -> Capture {
    let (state, content) = try host.capture(order.path)
    try state.requireUnlocked(order.path)
    switch state.form {
    case .file: return Capture(.file(state), content: content)
    case .absent where order.creation != nil: return Capture(.file(state))
    default: throw SystemError(refusing: order.path, "it is no regular file")
    }
  }

  static func perform(
    _ order: EditFile, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    let (existing, bytes) = try host.host.capture(order.path)
    let edited = order.format.applying(order.edits, to: bytes)
    var state = FileState(.file(Digest(of: edited)), existing.attributes)
    if existing.form == .absent {
      state.attributes = (order.creation ?? Attributes()).filled(
        from: Attributes(owner: .id(0), group: .id(0), mode: Mode(0o644)))
    }
    if let check = order.check { try host.require(check, takes: edited, at: order.path) }
    try host.put(
      state, content: edited, at: order.path, over: existing.form, temporary: temporary)
  }

  /// Where nobody else has touched the file, it comes back whole, times included; else unit by unit.
  static func undo(
    _ order: EditFile, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .file(let original) = before else { return Undo() }
    let (found, content) = try host.capture(order.path)
    if found.isSame(as: original) { return Undo() }
    var undo = unitwise(order, original, found, content)
    if case .file(let done)? = after, found.isSame(as: done) {
      undo = Undo([.writeFile(WriteFile(path: order.path, before: found.claim, after: original))])
    }
    if !undo.steps.isEmpty { undo.steps = try compiled(order, found, on: host) + undo.steps }
    return undo
  }

  /// What takes away the compiled form of a file of SELinux's, where it was made of what goes.
  ///
  /// libselinux reads it instead of the text while it is not the older one, so it would keep what the
  /// text no longer says, the more as a text that comes back whole comes with its old time. Whoever
  /// compiles next makes it anew; until then the text is read.
  static func compiled(_ order: EditFile, _ found: FileState, on host: borrowing Host)
    throws(SystemError) -> [Step]
  {
    guard order.path.hasPrefix("/etc/selinux/"), order.path.contains("/contexts/files/") else {
      return []
    }
    let path = "\(order.path).bin"
    guard let text = found.modified, let inode = try host.inode(path), inode.form == .file,
      inode.modified.seconds >= text.seconds
    else { return [] }
    let state = try host.capture(path).state
    return [.writeFile(WriteFile(path: path, before: state.claim, after: .absent))]
  }

  private static func unitwise(
    _ order: EditFile, _ original: FileState, _ found: FileState, _ content: [UInt8]
  ) -> Undo {
    var undo = Undo()
    var inverse: [UnitEdit] = []
    let standings = order.format.standings(of: order.edits, in: content)
    for (edit, standing) in zip(order.edits, standings).reversed() {
      switch standing {
      case .before: continue
      case .after:
        inverse.append(
          UnitEdit(edit.address, unit: edit.unit, before: edit.after, after: edit.before))
      case .neither:
        let now = order.format.text(of: edit.unit, in: content)
        undo.conflicts.append(
          Conflict(
            "\(order.path): \(edit.unit)", before: edit.before ?? "absent",
            after: edit.after ?? "absent", found: now ?? "absent"))
      }
    }
    guard !inverse.isEmpty else { return undo }
    let left = order.format.applying(inverse, to: content)
    let isOurs = original.form == .absent || order.format.ownsFile
    if isOurs, order.format.isBare(left), original.form != .file(Digest(of: left)) {
      undo.steps = [
        .writeFile(WriteFile(path: order.path, before: found.claim, after: .absent))
      ]
    } else if case .file(let digest) = original.form, Digest(of: left) == digest {
      var whole = found
      whole.form = original.form
      whole.modified = original.modified
      undo.steps = [.writeFile(WriteFile(path: order.path, before: found.claim, after: whole))]
    } else {
      undo.steps = [
        .editFile(
          EditFile(
            path: order.path, format: order.format, edits: inverse,
            creation: found.form == .absent ? original.attributes : nil))
      ]
    }
    return undo
  }
}
