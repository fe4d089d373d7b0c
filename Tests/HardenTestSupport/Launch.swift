import Foundation
import Glibc

/// One run of a program: how it ended, how long it took and how much memory it held at most.
package struct Launch {
  /// The exit status; 128 and the signal's number when a signal ended it.
  package var status: Int32
  /// From spawning to reaping.
  package var milliseconds: Double
  /// The largest resident size.
  package var peakKilobytes: Int
  /// Standard output and error together, when captured.
  package var output = ""

  /// Runs `program`; what it prints goes to `output` when `captures` is set, else nowhere.
  package init(
    _ program: String, _ arguments: [String], captures: Bool = false, mergesErrors: Bool = true
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [-1, -1]
    if captures {
      pipe(&ends)
      posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
      if mergesErrors { posix_spawn_file_actions_adddup2(&actions, ends[1], 2) }
      // What it leaves running in the background must not keep the reader waiting.
      posix_spawn_file_actions_addclose(&actions, ends[0])
      posix_spawn_file_actions_addclose(&actions, ends[1])
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)

    let words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    let begin = ContinuousClock.now
    guard posix_spawn(&process, program, &actions, nil, words, environ) == 0 else {
      throw CocoaError(.executableNotLoadable)
    }
    if captures {
      close(ends[1])
      output = String(decoding: Self.readAll(ends[0]), as: UTF8.self)
      close(ends[0])
    }
    var raw: Int32 = 0
    var usage = rusage()
    wait4(process, &raw, 0, &usage)
    milliseconds = (ContinuousClock.now - begin) / .milliseconds(1)
    status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
    peakKilobytes = usage.ru_maxrss
  }

  /// Everything up to the end of `descriptor`.
  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
