internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// A host to read from: a real root directory and, when that is `/`, the running kernel.
///
/// It has no operation that writes. The planner gets nothing else; a ``WritableHost`` exists only
/// by consuming one.
package struct Host: ~Copyable {
  let root: RootDirectory
  /// What planned steps would have changed; only ``after(_:contents:)`` adds to it.
  var planned: PlannedState
  /// What was read before this process gave up how.
  var held: HeldReadings
  let memory: HostMemory

  /// The largest configuration file that is read, in bytes.
  package static let configurationLimit = 1 << 20
  /// The largest file whose content is replaced or kept as a before-image, in bytes.
  package static let contentLimit = 64 << 20

  /// The host whose root directory is at `path`.
  package init(root path: String = "/") throws(SystemError) {
    root = try RootDirectory(path)
    planned = PlannedState()
    held = HeldReadings()
    memory = HostMemory()
  }

  private init(
    root: consuming RootDirectory, planned: PlannedState, held: HeldReadings, memory: HostMemory
  ) {
    self.root = root
    self.planned = planned
    self.held = held
    self.memory = memory
  }

  /// The same host with nothing remembered of earlier reads.
  package func fresh() throws(SystemError) -> Host { try with(HostMemory()) }

  /// The same host as it is at this moment: of the same file everybody reads the same.
  package func snapshot() throws(SystemError) -> Host {
    try with(HostMemory(RootReadings(isSnapshot: true)))
  }

  /// The same host a second time, for who keeps one.
  package func copy() throws(SystemError) -> Host { try with(memory) }

  /// The same host to lay steps over.
  func draft() throws(SystemError) -> Host {
    var draft = try with(HostMemory(over: memory))
    draft.planned.settle()
    return draft
  }

  /// The same host without anything that is only planned.
  package func actual() throws(SystemError) -> Host {
    guard !planned.isEmpty else { return try copy() }
    return Host(
      root: try root.duplicate(), planned: PlannedState(), held: held,
      memory: memory.origin ?? HostMemory(memory.readings))
  }

  private func with(_ memory: HostMemory) throws(SystemError) -> Host {
    Host(root: try root.duplicate(), planned: planned, held: held, memory: memory)
  }

  /// Forgets what was read so far; for whoever has changed something.
  package func forget() { memory.forget() }

  /// The directory that harden takes for `/`.
  package var rootPath: String { root.path }

  /// Whether the kernel that runs is this host's: false below `--root`.
  package var isLive: Bool { root.path == "/" }

  /// A value that `make` computes once for this host, for readings that many resources share.
  package func once<Value>(
    _ key: String, _ make: (borrowing Host) throws(SystemError) -> Value
  ) throws(SystemError) -> Value {
    // Asked in two steps: a key that is not there would pass for a known nil of an optional value.
    if let stored = memory.value(key), let known = stored as? Value { return known }
    memory.begin()
    do throws(SystemError) {
      let value = try make(self)
      memory.end(key, value)
      return value
    } catch {
      memory.end(key, nil)
      throw error
    }
  }
}

// MARK: - Kernel parameters

extension Host {
  /// The value of `key` without its final newline; nil when the kernel has no such key.
  package func sysctl(_ key: SysctlKey) throws(SystemError) -> String? {
    memory.note(.sysctl(key))
    if let planned = planned.sysctls[key] { return planned }
    if let held = held.sysctls[key] { return try held.get() }
    let path = "/proc/sys/\(key.path)"
    do throws(SystemError) {
      let file = try OwnedDescriptor.open(
        key.path, in: parameters(), flags: O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
      var bytes = try file.contents(limit: 1 << 16, of: path)
      if bytes.last == 0x0A { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw SystemError(error.call, path, error.errno ?? .ioError)
    }
  }

  /// Whether the kernel has `key`, which may be one that can only be written.
  package func hasSysctl(_ key: SysctlKey) throws(SystemError) -> Bool {
    try inodeOfSysctl(key.path)?.form == .file
  }

  /// The permission bits of `key`; nil when the kernel has no such key.
  package func mode(of key: SysctlKey) throws(SystemError) -> Mode? {
    try inodeOfSysctl(key.path)?.mode
  }

  /// The keys that exist and match `pattern`, in which `*` stands for a part of one component.
  package func sysctls(matching pattern: String) throws(SystemError) -> [SysctlKey] {
    var found = [""]
    for part in pattern.split(at: "/", omittingEmptySubsequences: false) {
      var next: [String] = []
      for prefix in found {
        let join = { (name: String) in prefix.isEmpty ? name : "\(prefix)/\(name)" }
        if !part.utf8.contains(where: { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }) {
          next.append(join(String(part)))
          continue
        }
        // A file system of its own, which systemd mounts when somebody looks into it.
        if prefix == "fs/binfmt_misc" { continue }
        guard
          let names = try? DirectoryListing.names(
            of: OwnedDescriptor.open(
              prefix.isEmpty ? "." : prefix, in: parameters(), flags: O_RDONLY | O_DIRECTORY))
        else { continue }
        next += names.filter { unsafe charden_fnmatch(String(part), $0) == 1 }.sorted().map(join)
      }
      found = next
    }
    var keys: [SysctlKey] = []
    for path in found where try inodeOfSysctl(path)?.form == .file {
      keys.append(SysctlKey(path: path))
    }
    return keys
  }

  private func inodeOfSysctl(_ path: String) throws(SystemError) -> Inode? {
    do throws(SystemError) {
      return try Inode.read(path, in: parameters())
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw error
    }
  }

  /// `/proc/sys`, opened once; it is crossed into from the root, so `openat2` starts there.
  private func parameters() throws(SystemError) -> CInt {
    try once("/proc/sys") { host throws(SystemError) in
      Held(try host.root.open("/proc/sys", flags: charden_O_PATH | O_DIRECTORY))
    }.descriptor.number
  }

  /// A descriptor that the memory keeps open.
  private final class Held {
    let descriptor: OwnedDescriptor
    init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
  }
}

// MARK: - Files

extension Host {
  /// What stands at `path` itself; nil when nothing does.
  ///
  /// A link at the end is not followed.
  package func inode(_ path: String) throws(SystemError) -> Inode? {
    if let planned = try plannedFile(path) { return planned.inode }
    return try inodeOfRoot(path)
  }

  /// What stands at `path`, planned steps aside.
  func inodeOfRoot(_ path: String) throws(SystemError) -> Inode? {
    guard memory.readings.isSnapshot else { return try root.inode(path) }
    if let known = memory.readings.inodes[path] { return known }
    let found = try root.inode(path)
    memory.readings.inodes[path] = found
    return found
  }

  /// What stands where `path` leads; links must be trustworthy.
  package func inodeFollowing(_ path: String) throws(SystemError) -> Inode? {
    try inode(try canonical(path, last: .follow))
  }

  /// The bytes of the regular file at `path`, at most `limit`; nil when nothing is there.
  ///
  /// Pipes, devices and directories are errors; nothing is waited for.
  package func contents(
    _ path: String, limit: Int = Host.configurationLimit, last: RootDirectory.LastLink = .keep
  ) throws(SystemError) -> [UInt8]? {
    if let planned = try plannedFile(path, last: last) {
      if let content = planned.content { return content }
      if planned.inode == nil { return nil }
    }
    guard memory.readings.isSnapshot else {
      return try read(path, at: path, limit: limit, last: last)
    }
    let plain = try canonical(path, last: last)
    if let known = memory.readings.contents[plain], known?.count ?? 0 <= limit { return known }
    let content = try read(path, at: plain, limit: limit)
    // What the kernel makes up anew at each reading is as old as its reading, too.
    if content?.count ?? 0 <= RootReadings.largest { memory.readings.contents[plain] = content }
    return content
  }

  /// What `path` holds, which leads to `place`.
  private func read(
    _ path: String, at place: String, limit: Int, last: RootDirectory.LastLink = .keep
  ) throws(SystemError) -> [UInt8]? {
    do throws(SystemError) {
      let file = try root.open(place, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY, last: last)
      guard try Inode.read("", in: file.number).form == .file else {
        throw SystemError(refusing: path, "not a regular file")
      }
      return try file.contents(limit: limit, of: path)
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      if error.errno == .noSuchAddressOrDevice {
        throw SystemError(refusing: path, "not a regular file")
      }
      var error = error
      error.subject = path
      throw error
    }
  }

  /// The text of the file at `path`, links followed; bytes that are not UTF-8 are replaced.
  package func text(_ path: String) throws(SystemError) -> String? {
    try contents(path, last: .follow).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Where the link at `path` points; nil when it is no link.
  package func linkTarget(_ path: String) throws(SystemError) -> String? {
    if let planned = try plannedFile(path) { return planned.target }
    if memory.readings.isSnapshot, try inode(path)?.form != .link { return nil }
    do throws(SystemError) {
      let link = try root.open(path, flags: charden_O_PATH)
      guard try Inode.read("", in: link.number).form == .link else { return nil }
      return try root.readLink(link.number, path)
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw error
    }
  }

  /// The names in the directory at `path`, sorted; empty when nothing is there.
  package func entries(_ path: String) throws(SystemError) -> [String] {
    let found: [String]
    if memory.readings.isSnapshot, let known = memory.readings.names[path] {
      found = known
    } else {
      found = try names(path)
      if memory.readings.isSnapshot { memory.readings.names[path] = found }
    }
    guard memory.isNoting || !planned.files.isEmpty else { return found }
    let folder = try canonical(path, last: .follow)
    memory.note(.folder(folder))
    let isGone = try plannedFile(folder).map { $0.inode == nil } ?? false
    guard let planned = planned.names[folder] else { return isGone ? [] : found }
    return Set(isGone ? [] : found).union(planned.filter(\.value).keys)
      .subtracting(planned.filter { !$0.value }.keys).sorted()
  }

  /// Whether the directory at `folder` has something of this name.
  package func has(_ name: String, in folder: String) throws(SystemError) -> Bool {
    try once("names in \(folder)") { host throws(SystemError) in
      Set(try host.entries(folder))
    }.contains(name)
  }

  private func names(_ path: String) throws(SystemError) -> [String] {
    do throws(SystemError) {
      return try DirectoryListing.names(
        of: root.open(path, flags: O_RDONLY | O_DIRECTORY | O_NONBLOCK, last: .follow)
      ).sorted()
    } catch {
      guard error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory else {
        throw error
      }
      return []
    }
  }

  /// Extended attributes of what stands at `path`, by name; empty where there are none.
  package func xattrs(_ path: String) throws(SystemError) -> [String: Bytes] {
    var found: [String: Bytes] = [:]
    let planned = try plannedFile(path)
    do throws(SystemError) {
      let file = try root.open(path, flags: charden_O_PATH)
      found = try ExtendedAttributes.read(file.number, path)
    } catch {
      guard planned != nil, error.errno == .noSuchFileOrDirectory else { throw error }
    }
    for (name, value) in planned?.xattrs ?? [:] { found[name] = value }
    return found
  }

  /// Inode flags (`chattr`) of the file or directory at `path`; nil where the file system has none.
  package func flags(_ path: String) throws(SystemError) -> UInt32? {
    do throws(SystemError) {
      let file = try root.open(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
      var flags: UInt32 = 0
      return unsafe charden_getflags(file.number, &flags) == 0 ? flags : nil
    } catch {
      // What is only planned so far has none.
      guard error.errno == .noSuchFileOrDirectory, try isPlanned(path) else { throw error }
      return nil
    }
  }

  /// The extended attributes of `path` that earlier planned steps change.
  func plannedXattrs(_ path: String) throws(SystemError) -> [String: Bytes?] {
    try plannedFile(path)?.xattrs ?? [:]
  }

  /// The bytes of `path` when earlier planned steps change them.
  func plannedContent(_ path: String) throws(SystemError) -> [UInt8]? {
    try plannedFile(path)?.content
  }

  /// Whether planned steps change what stands at `path`.
  package func isPlanned(_ path: String) throws(SystemError) -> Bool {
    try plannedFile(path) != nil
  }

  private func plannedFile(_ path: String, last: RootDirectory.LastLink = .keep)
    throws(SystemError) -> PlannedState.PlannedFile?
  {
    guard memory.isNoting || !planned.files.isEmpty else { return nil }
    let plain = try canonical(path, last: last)
    memory.note(.file(plain))
    if let file = planned.files[plain] { return file }
    guard planned.hasGaps else { return nil }
    // What stands below a path that would be gone would be gone too.
    var parent = plain.dropLast(0)
    while let slash = parent.lastIndex(of: "/"), slash != parent.startIndex {
      parent = parent[..<slash]
      if let file = planned.files[String(parent)], file.inode == nil {
        return PlannedState.PlannedFile(inode: nil)
      }
    }
    return nil
  }
}

// MARK: - Accounts

extension Host {
  /// Users and groups as the root's own files name them.
  package func accounts() throws(SystemError) -> AccountNames {
    try once("accounts") { host throws(SystemError) in
      AccountNames(
        passwd: try host.text("/etc/passwd") ?? "", group: try host.text("/etc/group") ?? "")
    }
  }
}
