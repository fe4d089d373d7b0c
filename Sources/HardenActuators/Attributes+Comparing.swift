package import HardenModel
internal import HardenSystem

/// Comparing claims about an inode with what it has.
extension Attributes {
  /// The names of the claims of `self` that `found`, which is complete, does not meet.
  func unmet(by found: Attributes, _ accounts: AccountNames) -> [String] {
    var names: [String] = []
    if let owner, accounts.user(owner) != found.owner.flatMap(accounts.user) {
      names.append("owner")
    }
    if let group, accounts.group(group) != found.group.flatMap(accounts.group) {
      names.append("group")
    }
    if let mode, mode != found.mode { names.append("mode") }
    for (name, value) in xattrs.sorted(by: { $0.key < $1.key })
    where value != found.xattrs[name] ?? nil {
      names.append(name)
    }
    if let flags, flags & Inode.settableFlags != (found.flags ?? flags) & Inode.settableFlags {
      names.append("flags")
    }
    return names
  }

  /// `self` with every nil field taken from `other`.
  func filled(from other: Attributes) -> Attributes {
    Attributes(
      owner: owner ?? other.owner, group: group ?? other.group, mode: mode ?? other.mode,
      xattrs: other.xattrs.merging(xattrs) { $1 }, flags: flags ?? other.flags)
  }

  /// `self` with a nil value for every extended attribute that `other` has and `self` has not, so
  /// that setting it leaves nothing of `other` behind.
  func replacing(_ other: Attributes) -> Attributes {
    var result = self
    for name in other.xattrs.keys where xattrs[name] == nil { result.xattrs[name] = .some(nil) }
    return result
  }

  /// One line for people.
  package var summary: String {
    var parts: [String] = []
    if owner != nil || group != nil {
      parts.append("\(owner?.description ?? "")\(group.map { ":\($0)" } ?? "")")
    }
    if let mode { parts.append(mode.description) }
    parts += xattrs.keys.sorted()
    if let flags, flags & Inode.settableFlags != 0 {
      parts.append("flags 0x" + String(flags, radix: 16))
    }
    return parts.joined(separator: " ")
  }
}

extension FileState {
  /// Whether `self`, which is complete, is what `claim` asks for.
  func meets(_ claim: FileState, _ accounts: AccountNames) -> Bool {
    form == claim.form && claim.attributes.unmet(by: attributes, accounts).isEmpty
  }

  /// One line for people.
  package var summary: String {
    let form =
      switch form {
      case .absent: "absent"
      case .file(let digest): "file sha256:\(digest.short)"
      case .directory: "directory"
      case .link(let target): "link to \(target)"
      case .special(let name): name
      }
    return attributes.isEmpty ? form : "\(form) \(attributes.summary)"
  }

  /// Refuses what the kernel would refuse half-way: an immutable or append-only inode.
  func requireUnlocked(_ path: String) throws(SystemError) {
    guard let flags = attributes.flags, flags & Inode.lockedFlags != 0 else { return }
    throw SystemError(
      refusing: path, "it is immutable or append-only (chattr); take the flag off first")
  }
}
