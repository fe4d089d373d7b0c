internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// What only an acting host may do to find out whether something works.
extension WritableHost {
  /// Connects to a numeric address, sends `request` if there is one, and answers with what comes
  /// back, at most 4 KiB.
  ///
  /// The corresponding system calls are `connect`, `send` and `recv`.
  package func ask(
    _ address: String, _ port: UInt16, request: String?, timeout: TimeSpan
  ) throws(SystemError) -> String {
    let place = Probe.place(address, port)
    let bytes = (request ?? "").utf8.map { CChar(bitPattern: $0) }
    var reply = [CChar](repeating: 0, count: 4096)
    let room = request == nil ? 0 : reply.count
    let length = try calls.make("connect", place) {
      unsafe Int(
        charden_ask(
          address, port, bytes, bytes.count, &reply, room, CInt(timeout.seconds * 1000)))
    }
    return String(decoding: reply.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Makes an unnamed file in the directory at `path` and lets it go again; where the file system has
  /// no such files, as vfat and NFS have none, a hidden one that is removed.
  ///
  /// The corresponding system call is `openat` with `O_TMPFILE`, or else with `O_EXCL`.
  package func tryWriting(in path: String) throws(SystemError) {
    let folder = try host.root.open(path, flags: O_RDONLY | O_DIRECTORY, last: .follow)
    do throws(SystemError) {
      try calls.make("openat", path) { Int(charden_try_writing(folder.number)) }
    } catch {
      // Old kernels take it for an attempt to write the directory itself.
      guard error.errno == .notSupported || error.errno == .isDirectory else { throw error }
      try tryWritingByName(in: folder.number, path)
    }
  }

  private func tryWritingByName(in folder: CInt, _ path: String) throws(SystemError) {
    // Nobody can have taken the name in order to make this fail.
    let name = ".harden-probe-\(String(UInt64.random(in: 0 ... .max), radix: 16))~"
    let subject = "\(path == "/" ? "" : path)/\(name)"
    let flags = O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC
    let file = OwnedDescriptor(
      CInt(
        try calls.make("openat", subject) { unsafe Int(charden_openat(folder, name, flags, 0o600)) }
      ))
    var failure: SystemError?
    do throws(SystemError) {
      try calls.make("write", subject) { -Int(writeAll([0], to: file.number)) }
    } catch { failure = error }
    try calls.make("unlinkat", subject) { unsafe folded(unlinkat(folder, name, 0)) }
    if let failure { throw failure }
  }
}
