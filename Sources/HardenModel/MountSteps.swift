/// Changing flags of one mount, and no other flag of it.
package struct SetMountAttributes: Hashable, Sendable, Codable {
  /// The mount point, absolute below the root.
  package var path: String
  /// Those of the flags in question that are set before.
  package var before: [MountFlag]
  /// Those of them that are set afterwards.
  package var after: [MountFlag]

  /// The flags of `path` going from `before` to `after`.
  package init(path: String, before: [MountFlag], after: [MountFlag]) {
    self.path = path
    self.before = before
    self.after = after
  }

  /// The flags in question.
  package var touched: Set<MountFlag> {
    let named = Set(before).union(after)
    return named.isDisjoint(with: MountFlag.accessTimes)
      ? named : named.union(MountFlag.accessTimes)
  }
}

/// Mounting a directory onto itself, so that it can have flags of its own, or taking that away.
package struct BindMount: Hashable, Sendable, Codable {
  /// The directory, absolute below the root.
  package var path: String
  /// The flags that the mount gets before anybody can see it.
  package var flags: [MountFlag]
  /// Whether it is there afterwards; before, it is the other way round.
  package var isMounted: Bool

  /// A bind mount of `path` onto itself with `flags`, made or taken away.
  package init(path: String, flags: [MountFlag], isMounted: Bool) {
    self.path = path
    self.flags = flags
    self.isMounted = isMounted
  }
}
