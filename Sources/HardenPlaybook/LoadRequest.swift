package import HardenCore
package import HardenModel

/// Which playbooks to load, and what the caller says about them.
package struct LoadRequest: Sendable {
  /// The playbooks' files as the user named them.
  package var paths: [String]
  /// Variables by name, from the command line.
  package var set: [String: String]
  /// Files that set variables; a later file wins over an earlier one, the command line over all.
  package var variableFiles: [String]
  /// Files that hold nothing but waivers.
  package var waiverFiles: [String]
  /// Files that hold nothing but probes.
  package var canaryFiles: [String]
  /// The profile to select; nil selects every control.
  package var profile: String?
  /// The directory behind `lib:`.
  package var library: String
  /// The version of harden, for `requires:`.
  package var version: String
  /// What stands at paths of which no file is read.
  package var texts: [String: [UInt8]] = [:]
  /// The day on which waivers are judged, `YYYY-MM-DD`; nil means today, in UTC.
  package var today: String?

  /// A request for the playbooks at `paths`.
  package init(
    paths: [String], set: [String: String] = [:], variableFiles: [String] = [],
    waiverFiles: [String] = [], canaryFiles: [String] = [], profile: String? = nil,
    library: String = "/usr/share/harden/playbooks", version: String, today: String? = nil
  ) {
    self.paths = paths
    self.set = set
    self.variableFiles = variableFiles
    self.waiverFiles = waiverFiles
    self.canaryFiles = canaryFiles
    self.profile = profile
    self.library = library
    self.version = version
    self.today = today
  }
}

/// What loading came to.
package struct LoadedPlaybooks: Sendable {
  /// Every control with its resources; nil when there is any error.
  package let baseline: Baseline?
  /// Every mistake and warning of all files.
  package let diagnostics: [Diagnostic]
  /// The text of each file that was read, by the name that positions use.
  package let texts: [String: String]
}
