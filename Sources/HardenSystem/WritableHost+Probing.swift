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

  /// Makes an unnamed file in the directory at `path` and lets it go again.
  ///
  /// The corresponding system call is `openat` with `O_TMPFILE`.
  package func tryWriting(in path: String) throws(SystemError) {
    let folder = try host.root.open(path, flags: O_RDONLY | O_DIRECTORY, last: .follow)
    try calls.make("openat", path) { Int(charden_try_writing(folder.number)) }
  }
}
