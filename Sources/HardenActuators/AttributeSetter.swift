internal import HardenModel
internal import HardenSystem

/// Sets owner, mode, extended attributes and flags of what already stands there.
///
/// A change of owner makes the kernel clear set-id bits and capabilities, so mode and capability are
/// part of every such change, and of its undoing.
enum AttributeSetter: Actuator {
  private static let capability = "security.capability"
  private static let accessList = "system.posix_acl_access"

  static func standing(of order: SetAttributes, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    let found = try state(order, on: host).attributes
    let accounts = try host.accounts()
    if order.after.unmet(by: found, accounts).isEmpty { return .after }
    let unmet = order.before.unmet(by: found, accounts)
    return unmet.isEmpty ? .before : .neither(found.summary)
  }

  static func capture(_ order: SetAttributes, on host: borrowing Host) throws(SystemError)
    -> Capture
  {
    // An earlier step of the run makes it.
    guard try host.inode(order.path) != nil else { return Capture(.file(FileState(.absent))) }
    let state = try state(order, on: host)
    try state.requireUnlocked(order.path)
    return Capture(.file(state))
  }

  static func perform(
    _ order: SetAttributes, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    let found = try state(order, on: host.host)
    var wanted = order.after
    if wanted.owner != nil || wanted.group != nil {
      wanted.mode = wanted.mode ?? found.attributes.mode
      if wanted.xattrs[capability] == nil, let kept = found.attributes.xattrs[capability] {
        wanted.xattrs[capability] = kept
      }
    }
    try host.setAttributes(wanted, at: order.path, isDirectory: order.isDirectory)
  }

  static func undo(
    _ order: SetAttributes, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .file(var original) = before else { return Undo() }
    if original.form == .absent {
      // Whatever made it takes it away again, and has to find it as it was made.
      guard try host.inode(order.path) != nil else { return Undo() }
      original.attributes = order.before
    }
    guard let found = try? state(order, on: host) else {
      return Undo(conflicts: [
        Conflict(
          order.path, before: original.summary, after: order.after.summary,
          found: try host.capture(order.path).state.summary)
      ])
    }
    return restore(order, original.attributes, found.attributes, try host.accounts())
  }

  /// Attribute by attribute: what is as the run left it goes back, what is already back stays, and
  /// anything else is somebody's.
  private static func restore(
    _ order: SetAttributes, _ original: Attributes, _ found: Attributes, _ accounts: AccountNames
  ) -> Undo {
    var undo = Undo()
    var current = Attributes()
    var wanted = Attributes()
    let conflict = { (name: String, before: String, after: String, found: String) in
      Conflict("\(order.path): \(name)", before: before, after: after, found: found)
    }
    let movesOwner = order.after.owner != nil || order.after.group != nil

    if let after = order.after.owner, found.owner != original.owner {
      if accounts.user(after) == found.owner.flatMap(accounts.user) {
        (current.owner, wanted.owner) = (found.owner, original.owner)
      } else {
        undo.conflicts.append(
          conflict("owner", "\(original.owner ?? after)", "\(after)", "\(found.owner ?? after)"))
      }
    }
    if let after = order.after.group, found.group != original.group {
      if accounts.group(after) == found.group.flatMap(accounts.group) {
        (current.group, wanted.group) = (found.group, original.group)
      } else {
        undo.conflicts.append(
          conflict("group", "\(original.group ?? after)", "\(after)", "\(found.group ?? after)"))
      }
    }
    // An access list rewrites the group bits of the mode.
    let movesGroupBits = order.after.xattrs[accessList] != nil
    if order.after.mode != nil || movesOwner || movesGroupBits, found.mode != original.mode,
      let was = original.mode, let now = found.mode
    {
      let after = order.after.mode ?? was
      // Between chown and chmod the set-id bits are gone.
      let isStripped = now.bits == was.bits & 0o1777 || now.bits == was.bits & 0o3777
      let isMasked = movesGroupBits && (now.bits ^ after.bits) & ~0o070 == 0
      if now == after || isMasked || movesOwner && isStripped {
        (current.mode, wanted.mode) = (now, was)
      } else {
        undo.conflicts.append(conflict("mode", "\(was)", "\(after)", "\(now)"))
      }
    }
    var names = Set(order.after.xattrs.keys)
    if movesOwner { names.insert(capability) }
    for name in names.sorted() {
      let was = original.xattrs[name] ?? nil
      let now = found.xattrs[name] ?? nil
      guard was != now else { continue }
      let after: Bytes? = order.after.xattrs[name] ?? was
      if now == after || name == capability && now == nil {
        current.xattrs[name] = .some(now)
        wanted.xattrs[name] = .some(was)
      } else {
        undo.conflicts.append(
          conflict(name, was == nil ? "absent" : "set", "set by the run", "changed since"))
      }
    }
    if !wanted.isEmpty {
      undo.steps = [
        .setAttributes(
          SetAttributes(
            path: order.path, isDirectory: order.isDirectory, before: current, after: wanted))
      ]
    }
    return undo
  }

  /// Everything that stands at the path; only a file or directory with one name, as expected.
  private static func state(_ order: SetAttributes, on host: borrowing Host) throws(SystemError)
    -> FileState
  {
    guard let inode = try host.inode(order.path),
      inode.form == (order.isDirectory ? .directory : .file)
    else {
      throw SystemError(
        refusing: order.path, "there is no \(order.isDirectory ? "directory" : "file") there")
    }
    var attributes = Attributes(
      owner: .id(inode.owner), group: .id(inode.group), mode: inode.mode)
    attributes.xattrs = try host.xattrs(order.path)
    attributes.flags = try host.flags(order.path)
    return FileState(order.isDirectory ? .directory : .file(Digest(of: [])), attributes)
  }
}
