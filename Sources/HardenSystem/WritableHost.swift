internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// A host that may be changed: it exists only by consuming a ``Host`` while the lock is held and a
/// journal is open.
package struct WritableHost: ~Copyable {
  /// The same host to read from.
  package let host: Host
  let calls: Calls

  fileprivate init(_ host: consuming Host, calls: Calls) {
    self.host = host
    self.calls = calls
  }
}

extension Host {
  /// Gives up the right to only read for the right to write.
  package consuming func writable(
    under lock: borrowing RunLock, recording journal: borrowing DurableFile
  ) -> WritableHost {
    WritableHost(self, calls: journal.calls)
  }
}

// MARK: - Kernel parameters

extension WritableHost {
  /// Writes `value` to `key` in one write, as the kernel wants it.
  package func setSysctl(_ key: SysctlKey, to value: String) throws(SystemError) {
    let path = "/proc/sys/\(key.path)"
    let file = try host.root.open(path, flags: O_WRONLY | O_NONBLOCK)
    let bytes = Array((value + "\n").utf8)
    let written = try calls.make("write", path) {
      unsafe folded(Glibc.write(file.number, bytes, bytes.count))
    }
    guard written == bytes.count else { throw SystemError("write", path, .ioError) }
  }
}

// MARK: - Files, directories and links

extension WritableHost {
  /// Puts `state` at `path` in one step that others see whole or not at all, and makes it durable.
  ///
  /// `state` names every attribute that the result has to have; `content` is what a regular file
  /// holds. What is written first has the name `temporary` in the same directory.
  package func put(
    _ state: FileState, content: [UInt8], at path: String, over existing: FileState.Form,
    temporary: String
  ) throws(SystemError) {
    let parent = try open(parentOf: path)
    let name = Self.name(of: path)
    if case .absent = state.form {
      try remove(name, in: parent.number, isDirectory: existing == .directory, path)
    } else {
      do throws(SystemError) {
        let state = existing == .absent ? try host.labelled(state, at: path) : state
        try make(state, content: content, temporary: temporary, in: parent.number, path)
        let flags: UInt32 = existing == .absent ? charden_RENAME_NOREPLACE : 0
        try calls.make("renameat2", path) {
          unsafe Int(charden_rename(parent.number, temporary, parent.number, name, flags))
        }
      } catch {
        discard(temporary, in: parent.number, isDirectory: state.form == .directory)
        throw error
      }
    }
    try calls.make("fsync", path) { folded(fsync(parent.number)) }
  }

  private func make(
    _ state: FileState, content: [UInt8], temporary: String, in parent: CInt, _ path: String
  ) throws(SystemError) {
    switch state.form {
    case .file:
      let number = try calls.make("openat", path) {
        unsafe Int(
          charden_openat(
            parent, temporary, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0o600))
      }
      let file = OwnedDescriptor(CInt(number))
      try write(content, to: file.number, path)
      try finish(file.number, state, path)
    case .directory:
      try calls.make("mkdirat", path) { unsafe folded(mkdirat(parent, temporary, 0o700)) }
      let directory = try OwnedDescriptor.open(
        temporary, in: parent, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      try finish(directory.number, state, path)
    case .link(let target):
      try calls.make("symlinkat", path) { unsafe folded(symlinkat(target, parent, temporary)) }
      if let owner = try owners(state.attributes, path) {
        try calls.make("fchownat", path) {
          unsafe folded(fchownat(parent, temporary, owner.user, owner.group, AT_SYMLINK_NOFOLLOW))
        }
      }
    case .absent, .special:
      throw SystemError(refusing: path, "harden makes files, directories and links only")
    }
  }

  /// Sets what an inode carries, in the only order that loses nothing, and syncs it.
  private func finish(_ number: CInt, _ state: FileState, _ path: String) throws(SystemError) {
    try set(state.attributes, on: number, path)
    if let modified = state.modified {
      try calls.make("futimens", path) {
        Int(charden_set_modified(number, modified.seconds, Int(modified.nanoseconds)))
      }
    }
    try calls.make("fsync", path) { folded(fsync(number)) }
  }

  /// Sets `attributes` on what stands at `path` and makes them durable.
  package func setAttributes(_ attributes: Attributes, at path: String, isDirectory: Bool)
    throws(SystemError)
  {
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | (isDirectory ? O_DIRECTORY : 0)
    let file = try host.root.open(path, flags: flags)
    let inode = try Inode.read("", in: file.number)
    guard inode.form == (isDirectory ? .directory : .file) else {
      throw SystemError(refusing: path, "it is no longer a \(isDirectory ? "directory" : "file")")
    }
    // Another name may be somebody else's file. The name is looked at again, since the one that was
    // opened may be gone already, and with it the count.
    if !isDirectory {
      guard let named = try host.root.inode(path), named.identity == inode.identity,
        named.links == 1
      else {
        throw SystemError(refusing: path, "it has other names, or is being replaced")
      }
    }
    try set(attributes, on: file.number, path)
    try calls.make("fsync", path) { folded(fsync(file.number)) }
  }

  /// chown clears set-id bits and capabilities, an ACL rewrites the group bits of the mode, and the
  /// mode the mask of the ACL: so owner first, then extended attributes, then the mode, then flags.
  private func set(_ attributes: Attributes, on number: CInt, _ path: String) throws(SystemError) {
    if let owner = try owners(attributes, path) {
      try calls.make("fchown", path) { folded(fchown(number, owner.user, owner.group)) }
    }
    let named = attributes.xattrs.sorted { $0.key < $1.key }
    for (name, value) in named where value == nil {
      try calls.make("fremovexattr", path) {
        let result = unsafe Int(charden_removexattr(number, name))
        return result == -Int(charden_ENODATA) ? 0 : result
      }
    }
    for case (let name, let value?) in named {
      try calls.make("fsetxattr", path) {
        unsafe Int(charden_setxattr(number, name, value.raw, value.raw.count))
      }
    }
    if let mode = attributes.mode {
      try calls.make("fchmod", path) { folded(fchmod(number, mode_t(mode.bits))) }
    }
    if let flags = attributes.flags { try set(flags: flags, on: number, path) }
  }

  private func set(flags: UInt32, on number: CInt, _ path: String) throws(SystemError) {
    var current: UInt32 = 0
    guard unsafe charden_getflags(number, &current) == 0 else { return }
    let wanted = current & ~Inode.settableFlags | flags & Inode.settableFlags
    guard wanted != current else { return }
    try calls.make("ioctl", path) { Int(charden_setflags(number, wanted)) }
  }

  private func owners(_ attributes: Attributes, _ path: String) throws(SystemError)
    -> (user: uid_t, group: gid_t)?
  {
    guard attributes.owner != nil || attributes.group != nil else { return nil }
    let accounts = try host.accounts()
    var numbers = (user: uid_t.max, group: gid_t.max)
    if let owner = attributes.owner {
      guard let user = accounts.user(owner) else {
        throw SystemError(refusing: path, "there is no user '\(owner)'")
      }
      numbers.user = user
    }
    if let owner = attributes.group {
      guard let group = accounts.group(owner) else {
        throw SystemError(refusing: path, "there is no group '\(owner)'")
      }
      numbers.group = group
    }
    return numbers
  }

  func write(_ bytes: [UInt8], to number: CInt, _ path: String) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = try calls.make("write", path) {
        unsafe rest.withUnsafeBufferPointer {
          unsafe folded(Glibc.write(number, $0.baseAddress, $0.count))
        }
      }
      rest = rest.dropFirst(written)
    }
  }

  private func remove(_ name: String, in parent: CInt, isDirectory: Bool, _ path: String)
    throws(SystemError)
  {
    try calls.make("unlinkat", path) {
      unsafe folded(unlinkat(parent, name, isDirectory ? AT_REMOVEDIR : 0))
    }
  }

  /// Removes what an interrupted ``put(_:content:at:over:temporary:)`` left behind, if anything.
  package func removeTemporary(_ temporary: String, besides path: String) throws(SystemError) {
    guard let parent = try? open(parentOf: path) else { return }
    guard let left = try? Inode.read(temporary, in: parent.number) else { return }
    try remove(temporary, in: parent.number, isDirectory: left.form == .directory, path)
    try calls.make("fsync", path) { folded(fsync(parent.number)) }
  }

  /// The failure that led here is what the caller has to hear of.
  private func discard(_ temporary: String, in parent: CInt, isDirectory: Bool) {
    _ = unsafe unlinkat(parent, temporary, isDirectory ? AT_REMOVEDIR : 0)
  }

  private func open(parentOf path: String) throws(SystemError) -> OwnedDescriptor {
    let parent = path.split(at: "/").dropLast().joined(separator: "/")
    return try host.root.open("/" + parent, flags: O_RDONLY | O_DIRECTORY, last: .follow)
  }

  private static func name(of path: String) -> String {
    path.split(at: "/").last.map(String.init) ?? "."
  }
}
