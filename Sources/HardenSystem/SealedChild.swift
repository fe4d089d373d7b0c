internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// Work done by a process of its own, of which nothing comes back but bytes.
package enum SealedChild {
  /// The bytes that `work` ends with in a child of this process; the child says itself what is
  /// wrong, and then answers with a code other than success, which is the one thrown.
  ///
  /// This process must have one thread. At most `limit` bytes are taken.
  package static func bytes(
    limit: Int, _ work: () -> (bytes: [UInt8], code: ExitCode)
  ) throws(Ending) -> [UInt8] {
    var ends: [CInt] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw .system(SystemError("pipe", "the planner", Errno(rawValue: errno)))
    }
    let child = charden_fork()
    if child == 0 {
      close(ends[0])
      let (bytes, code) = work()
      let isWritten = code != .success || writeAll(bytes, to: ends[1]) == 0
      _exit(isWritten ? code.rawValue : ExitCode.failed.rawValue)
    }
    close(ends[1])
    defer { close(ends[0]) }
    guard child > 0 else {
      throw .system(SystemError("fork", "the planner", Errno(rawValue: -child)))
    }
    let (bytes, failure) = read(ends[0], limit: limit)
    if failure != nil { kill(child, SIGKILL) }
    var status: CInt = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    if let failure { throw .system(failure) }
    if status & 0x7F != 0 { throw .signal(status & 0x7F) }
    let code = ExitCode(rawValue: status >> 8 & 0xFF) ?? .failed
    guard code == .success else { throw .said(code) }
    return bytes
  }

  /// How a child ends otherwise than well.
  package enum Ending: Error {
    /// It has said what is wrong, and this is its code.
    case said(ExitCode)
    /// It was ended by this signal.
    case signal(CInt)
    /// It could not be made or heard.
    case system(SystemError)
  }

  private static func read(_ number: CInt, limit: Int) -> (bytes: [UInt8], failure: SystemError?) {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe folded(Glibc.read(number, $0.baseAddress, $0.count))
      }
      if count == -Int(EINTR) { continue }
      guard count >= 0 else {
        return (bytes, SystemError("read", "the planner", Errno(rawValue: CInt(-count))))
      }
      if count == 0 { return (bytes, nil) }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        return (
          bytes, SystemError(refusing: "the planner", "its plan is larger than \(limit) bytes")
        )
      }
    }
  }
}
