internal import CHarden

/// Signals that ask harden to stop: it ends the step that it is at, and then turns round.
package enum Interruption {
  /// From now on SIGINT, SIGTERM and SIGHUP are noted instead of ending the process.
  package static func catchSignals() { charden_catch_signals() }

  /// Whether one of them has come.
  package static var isRequested: Bool { charden_signal_came() != 0 }
}
