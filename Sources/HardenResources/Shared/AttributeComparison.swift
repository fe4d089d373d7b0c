internal import HardenModel
internal import HardenSystem

/// How the attributes of one inode compare with what is wanted.
struct AttributeComparison {
  /// One plane for each claim.
  var planes: [PlaneState] = []
  /// The fields that differ, as they are.
  var before = Attributes()
  /// The same fields, as wanted.
  var after = Attributes()
  /// Why they cannot be what is wanted.
  var refusal: String?

  /// Compares `wanted` with `inode` at `path`; `prefix` stands before what people read.
  static func of(
    _ wanted: AttributesWanted, _ inode: Inode, at path: String, on host: borrowing Host,
    prefix: String = ""
  ) throws(SystemError) -> AttributeComparison {
    var comparison = AttributeComparison()
    guard !wanted.isEmpty else { return comparison }
    let accounts = try host.accounts()
    comparison.compareOwners(wanted, inode, accounts, prefix)

    let mode = wanted.mode?.applied(to: inode.mode) ?? inode.mode
    var final = mode
    if let acl = wanted.acl {
      let current = try host.xattrs(path)[AccessList.attribute]
      let list = current.flatMap { AccessList($0.raw) }
      switch acl.applied(to: list, mode: mode, isModeWanted: wanted.mode != nil, accounts) {
      case .failure(let refusal): comparison.refusal = refusal.reason
      case .success(let result):
        final = result.mode
        comparison.add(
          "\(prefix)acl", list?.text(accounts) ?? "none", result.list?.text(accounts) ?? "none",
          holds: list == result.list)
        if list != result.list {
          comparison.before.xattrs[AccessList.attribute] = .some(current)
          comparison.after.xattrs[AccessList.attribute] = .some(result.list.map { Bytes($0.bytes) })
        }
      }
    }
    if wanted.mode != nil || final != inode.mode {
      comparison.add("\(prefix)mode", "\(inode.mode)", "\(final)", holds: final == inode.mode)
    }
    // A change of owner or list touches the mode, so the step says what is wanted in the end.
    if final != inode.mode || wanted.mode != nil && !comparison.after.isEmpty {
      comparison.before.mode = inode.mode
      comparison.after.mode = final
    }
    return comparison
  }

  private mutating func compareOwners(
    _ wanted: AttributesWanted, _ inode: Inode, _ accounts: AccountNames, _ prefix: String
  ) {
    if let owner = wanted.owner {
      let holds = owner.any.contains { accounts.user($0) == inode.owner }
      let found = accounts.user(inode.owner)
      add("\(prefix)owner", "\(found)", holds ? "\(found)" : "\(owner.set)", holds: holds)
      if !holds {
        (before.owner, after.owner) = (found, owner.set)
        if accounts.user(owner.set) == nil { refusal = "there is no user '\(owner.set)'" }
      }
    }
    if let group = wanted.group {
      let holds = group.any.contains { accounts.group($0) == inode.group }
      let found = accounts.group(inode.group)
      add("\(prefix)group", "\(found)", holds ? "\(found)" : "\(group.set)", holds: holds)
      if !holds {
        (before.group, after.group) = (found, group.set)
        if accounts.group(group.set) == nil { refusal = "there is no group '\(group.set)'" }
      }
    }
  }

  private mutating func add(_ name: String, _ observed: String, _ wanted: String, holds: Bool) {
    planes.append(
      PlaneState(.file, observed: "\(name) \(observed)", wanted: "\(name) \(wanted)", holds: holds))
  }

  /// The attributes of something that is made; `usual` is its mode where the playbook has none.
  static func creating(_ wanted: AttributesWanted, usual: Mode, on host: borrowing Host)
    throws(SystemError) -> Result<Attributes, Refusal>
  {
    let accounts = try host.accounts()
    var made = Attributes(
      owner: wanted.owner?.set ?? .name("root"), group: wanted.group?.set ?? .name("root"),
      mode: wanted.mode?.applied(to: usual) ?? usual)
    if let owner = wanted.owner?.set, accounts.user(owner) == nil {
      return .failure(Refusal("there is no user '\(owner)'"))
    }
    if let group = wanted.group?.set, accounts.group(group) == nil {
      return .failure(Refusal("there is no group '\(group)'"))
    }
    guard let acl = wanted.acl, !acl.entries.isEmpty else { return .success(made) }
    let applied = acl.applied(
      to: nil, mode: made.mode ?? usual, isModeWanted: wanted.mode != nil, accounts)
    return applied.map { result in
      made.mode = result.mode
      made.xattrs[AccessList.attribute] = .some(result.list.map { Bytes($0.bytes) })
      return made
    }
  }
}
