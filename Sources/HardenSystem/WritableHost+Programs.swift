internal import CHarden
internal import Glibc
internal import SystemPackage

/// Programs of the system, for changes that are theirs to make.
extension WritableHost {
  /// How a program ended and what it said first and last.
  package struct Ended: Hashable, Sendable {
    /// Its exit status; 128 and the signal's number when a signal ended it.
    package var status: Int
    /// The first line of its output.
    package var message: String
    /// The last line of its output.
    package var lastWords: String
  }

  /// Runs the first of `programs` that is there with `arguments` to its end, `seconds` at most.
  ///
  /// It inherits nothing but a pipe for its output: a fixed environment, `input`, no signal mask, a
  /// session of its own, so that an interrupt at the terminal does not reach it. The corresponding
  /// call is `posix_spawn`.
  package func run(
    _ programs: [String], _ arguments: [String], input: [UInt8]? = nil, seconds: Int = 60
  ) throws(SystemError) -> Ended {
    let name = programs.first ?? ""
    guard let program = programs.first(where: { unsafe access($0, X_OK) == 0 }) else {
      throw SystemError(refusing: name, "the program is not there")
    }
    var ends: [CInt] = [-1, -1]
    guard unsafe charden_pipe(&ends) == 0 else { throw SystemError("pipe2", program, .ioError) }
    let output = OwnedDescriptor(ends[0])
    let child = try start(program, arguments, input, output: OwnedDescriptor(ends[1]))
    var said: [UInt8] = []
    for _ in 0..<seconds * 20 {
      drain(output.number, into: &said)
      var raw: CInt = 0
      let ended = unsafe waitpid(child, &raw, WNOHANG)
      if ended == child {
        drain(output.number, into: &said, wait: 0)
        let status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
        let lines = said.split(separator: 0x0A)
        let words = { (line: ArraySlice<UInt8>?) in String(decoding: line ?? [], as: UTF8.self) }
        return Ended(
          status: Int(status), message: words(lines.first), lastWords: words(lines.last))
      }
    }
    _ = kill(child, SIGKILL)
    _ = waitpid(child, nil, 0)
    throw SystemError(refusing: program, "it did not end within \(seconds) seconds")
  }

  /// The number of the child; its end of the pipe closes here, so that its going is noticed.
  private func start(
    _ program: String, _ arguments: [String], _ input: [UInt8]?, output: consuming OwnedDescriptor
  ) throws(SystemError) -> pid_t {
    // A file and no pipe, because some programs read their input twice.
    let file = OwnedDescriptor(input == nil ? -1 : charden_memory_file())
    if let input {
      guard file.number >= 0 else { throw SystemError("memfd_create", program, .noMemory) }
      try write(input, to: file.number, program)
      _ = lseek(file.number, 0, SEEK_SET)
    }
    let words = ([program] + arguments).reduce(into: [UInt8]()) { $0 += Array($1.utf8) + [0] }
    let (count, end) = (CInt(arguments.count + 1), output.number)
    var child: pid_t = 0
    try calls.make("posix_spawn", program) {
      unsafe Int(charden_spawn(words, count, file.number, end, &child))
    }
    return child
  }

  /// Reads what is there; waits for it `wait` milliseconds at most.
  private func drain(_ descriptor: CInt, into said: inout [UInt8], wait: CInt = 50) {
    var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&waited, 1, wait) > 0, waited.revents & Int16(POLLIN) != 0 else {
      // Its end is closed, or it is silent: do not ask again at once.
      if waited.revents != 0, wait > 0 { usleep(5_000) }
      return
    }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(descriptor, &chunk, chunk.count)
    if count > 0, said.count < 1 << 16 { said += chunk[..<count] }
  }
}
