internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// This process: what it inherited made safe, its three streams and its end.
package enum CurrentProcess {
  /// One of the standard streams.
  package enum Stream: CInt, Sendable { case input = 0, output = 1, error = 2 }

  /// Makes what was inherited harmless; to be called first.
  ///
  /// Closed standard streams become `/dev/null`, so that no file of ours is ever taken for one;
  /// other descriptors are closed; files are made for their owner only; signals that would end the
  /// process between two system calls are ignored, and none is blocked; nothing is dumped.
  package static func prepare() {
    var opened: CInt
    repeat { opened = unsafe open("/dev/null", O_RDWR) } while opened >= 0 && opened <= 2
    closefrom(3)
    _ = umask(0o077)
    for number in CInt(1)...31 where number != SIGHUP {
      // nohup(1) asks for SIGHUP to be ignored; whatever else was inherited is an accident.
      _ = signal(number, number == SIGPIPE || number == SIGXFSZ ? SIG_IGN : SIG_DFL)
    }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigprocmask(SIG_SETMASK, &none, nil)
    var noCore = rlimit()
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noCore)
    // The limit is nothing to a program that takes cores. Others than root need to read of themselves.
    if isRoot { _ = charden_no_dump() }
  }

  /// The directory that relative paths start from; nil when it is gone.
  package static var workingDirectory: String? {
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(validatingCString: path)
  }

  /// Goes to `/`, so that no mount is kept busy; the corresponding system call is `chdir`.
  package static func leaveWorkingDirectory() { _ = unsafe chdir("/") }

  /// Whether `stream` is a terminal.
  package static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// The value of an environment variable; only the few that the scrubbed environment keeps exist.
  package static func environment(_ name: String) -> String? {
    unsafe getenv(name).flatMap { unsafe String(validatingCString: $0) }
  }

  /// The effective user.
  package static var user: UInt32 { geteuid() }

  /// Whether harden runs as root.
  package static var isRoot: Bool { user == 0 }

  /// What the kernel recorded of the login in `/proc/self/<name>`; nil outside a login.
  package static func identifier(_ name: String) -> UInt32? {
    guard let bytes = try? UserFile.read("/proc/self/\(name)", limit: 64),
      let value = UInt32(String(decoding: bytes, as: UTF8.self).filter(\.isNumber)), value != .max
    else { return nil }
    return value
  }

  /// Seconds since 1970.
  package static var time: Int64 { Int64(Glibc.time(nil)) }

  /// The time as finely as the clock has it.
  package static var moment: Timestamp {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(seconds: Int64(now.tv_sec), nanoseconds: Int32(now.tv_nsec))
  }

  /// Waits for `span`, or until a signal comes.
  package static func sleep(_ span: TimeSpan) { _ = Glibc.sleep(CUnsignedInt(span.seconds)) }

  /// Writes all of `text`; a reader that has gone away is no error.
  package static func write(_ text: String, to stream: Stream) throws(SystemError) {
    let failure = writeAll(Array(text.utf8), to: stream.rawValue)
    guard failure == 0 || failure == EPIPE else {
      throw SystemError("write", "standard \(stream)", Errno(rawValue: failure))
    }
  }

  /// The next line of standard input without its end; nil when there is none.
  package static func readLine() -> String? { Swift.readLine() }

  /// Ends the process.
  package static func exit(_ code: ExitCode) -> Never { Glibc.exit(code.rawValue) }
}
