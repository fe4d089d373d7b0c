internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// What outlives harden: timers of systemd, and processes that are let go.
extension WritableHost {
  /// Starts a program that outlives harden; answers with its process id.
  ///
  /// The corresponding system calls are `fork`, `setsid` and `execve`.
  package func detach(_ words: [String]) throws(SystemError) -> Int {
    let text = Self.terminated(words)
    return try calls.make("execve", words.first ?? "") {
      unsafe Int(charden_detach(text, UInt32(words.count)))
    }
  }

  /// Starts a transient timer `name`.timer that runs `words` in `name`.service after `span`.
  ///
  /// The corresponding call of systemd is `StartTransientUnit`.
  package func startTimer(
    _ name: String, about text: String, after span: TimeSpan, _ words: [String]
  )
    throws(SystemError)
  {
    let bytes = Self.terminated(words)
    try calls.make("StartTransientUnit", "\(name).timer") {
      unsafe Int(
        charden_start_timer(name, text, UInt64(span.seconds), bytes, UInt32(words.count)))
    }
  }
}
