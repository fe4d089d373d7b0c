internal import HardenCore

/// Whether something should stand at a path.
package enum Presence: String, Choice, Codable {
  /// It is there, and is made where it is not.
  case present
  /// It is not there.
  case absent
}
