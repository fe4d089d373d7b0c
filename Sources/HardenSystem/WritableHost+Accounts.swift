internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// The account files are changed under the lock that every account tool takes (lckpwdf).
extension WritableHost {
  private static let lockPath = "/etc/.pwd.lock"
  /// As long as the C library waits.
  private static let patience = 15

  /// Changes the account files by `change`; each is replaced whole, and no byte that `change` has not
  /// touched differs.
  ///
  /// A file whose bytes are those of its state in `files` gets that state's time and attributes;
  /// backups in `files` become what their states say, their bytes from `content`.
  package func editAccounts(
    settling files: [String: FileState] = [:], temporary: String,
    content: (Digest) throws(SystemError) -> [UInt8],
    _ change: (inout AccountBook) throws(SystemError) -> Void
  ) throws(SystemError) {
    defer { host.forget() }
    let lock = try lockAccounts()
    try replace(settling: files, temporary, content, change, under: lock)
  }

  /// `lock` is held as long as this goes on.
  private func replace(
    settling files: [String: FileState], _ temporary: String,
    _ content: (Digest) throws(SystemError) -> [UInt8],
    _ change: (inout AccountBook) throws(SystemError) -> Void,
    under lock: borrowing OwnedDescriptor?
  ) throws(SystemError) {
    let old = try host.readAccountBook()
    var new = old
    try change(&new)
    let isRemoval = (new.tables[.passwd]?.rows.count ?? 0) < (old.tables[.passwd]?.rows.count ?? 0)
    for file in isRemoval ? AccountFile.allCases : AccountFile.allCases.reversed() {
      guard let table = new.tables[file] else { continue }
      let found = try host.capture(file.path).state
      var state = found
      state.form = .file(Digest(of: table.content))
      state.modified = nil
      if let original = files[file.path], original.form == state.form { state = original }
      guard state.form != found.form || state.modified != nil && state != found else { continue }
      try put(
        state, content: table.content, at: file.path, over: found.form, temporary: temporary)
    }
    for file in AccountFile.allCases {
      guard let state = files[file.backup] else { continue }
      let found = try host.capture(file.backup).state
      guard state != found else { continue }
      let bytes: [UInt8] =
        if case .file(let digest) = state.form { try content(digest) } else { [] }
      try put(state, content: bytes, at: file.backup, over: found.form, temporary: temporary)
    }
  }

  /// Makes durable what a tool renamed in `/etc`: tools sync files and not the directory.
  package func syncAccounts() throws(SystemError) {
    host.forget()
    let folder = try host.root.open("/etc", flags: O_RDONLY | O_DIRECTORY, last: .follow)
    try calls.make("fsync", "/etc") { folded(fsync(folder.number)) }
  }

  /// Takes the lock; an image that nobody runs needs none, unless it has the file.
  private func lockAccounts() throws(SystemError) -> OwnedDescriptor? {
    let folder = try host.root.open("/etc", flags: O_RDONLY | O_DIRECTORY, last: .follow)
    if !host.isLive, try host.inode(Self.lockPath) == nil {
      try clearStaleLocks(in: folder.number)
      return nil
    }
    let flags = O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC
    let number = try calls.make("openat", Self.lockPath) {
      unsafe Int(charden_openat(folder.number, ".pwd.lock", flags, 0o600))
    }
    let lock = OwnedDescriptor(CInt(number))
    for _ in 0..<Self.patience * 20 {
      let result = charden_ofd_lock(lock.number)
      if result == 0 {
        try clearStaleLocks(in: folder.number)
        return lock
      }
      guard result == -EAGAIN || result == -EACCES else {
        throw SystemError("fcntl", Self.lockPath, Errno(rawValue: -result))
      }
      usleep(50_000)
    }
    throw SystemError(
      refusing: Self.lockPath,
      "another program has been changing accounts for \(Self.patience) seconds; try again later")
  }

  /// Removes what a tool that was killed has left, as the tools do themselves; anything else in
  /// that place is refused.
  private func clearStaleLocks(in folder: CInt) throws(SystemError) {
    for file in AccountFile.allCases {
      let path = "\(file.path).lock"
      guard let content = try host.contents(path, limit: 64) else { continue }
      let text = String(decoding: content.prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self)
      guard host.isLive, let process = Int(text), process > 0 else {
        throw SystemError(
          refusing: path, "somebody has locked the account files; remove it if nobody is at work")
      }
      guard try host.inode("/proc/\(process)") == nil else {
        throw SystemError(
          refusing: path, "process \(process) is changing accounts; try again later")
      }
      try calls.make("unlinkat", path) {
        unsafe folded(unlinkat(folder, "\(file.rawValue).lock", 0))
      }
    }
  }
}
