/// What a reboot means to a run that waits to be confirmed.
package enum OnReboot: String, Hashable, Sendable, Codable, CaseIterable {
  /// Its time is over: the run is undone early in the next boot.
  case revert
  /// Its canary decides once the host is up again; a second reboot ends its time.
  case probe
}
