package import HardenModel
internal import HardenSystem

/// What carries out one family of steps: the only code that changes a host.
///
/// Every method that reads takes a `Host`; only ``perform(_:on:content:temporary:)`` writes. Undoing
/// is not an operation of its own: ``undo(_:before:after:on:)`` answers with steps, which are
/// performed like any others.
protocol Actuator {
  /// The payload of its step.
  associatedtype Order

  /// How the host stands to `order`: as before it, as after it, or neither.
  static func standing(of order: Order, on host: borrowing Host) throws(SystemError) -> Standing

  /// What undoing will need, read now; refuses what could not be put back.
  static func capture(_ order: Order, on host: borrowing Host) throws(SystemError) -> Capture

  /// Makes the change and makes it durable.
  static func perform(
    _ order: Order, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError)

  /// The steps that put back what `order` changed, as far as nobody has changed it since.
  ///
  /// `after` is what was read once the step was done; nil when it was interrupted.
  static func undo(
    _ order: Order, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo
}

/// How a host stands to a step.
package enum Standing: Hashable, Sendable {
  /// As before it.
  case before
  /// As after it.
  case after
  /// Neither; what was found instead, in words.
  case neither(String)
}

/// A before-image with the bytes that have to be kept for it.
package struct Capture: Hashable, Sendable {
  /// What was there.
  package var image: Image
  /// The bytes that undoing needs besides: of a regular file, or of passwords and backups.
  package var contents: [[UInt8]]

  init(_ image: Image, content: [UInt8]? = nil) {
    self.init(image, contents: content.map { [$0] } ?? [])
  }

  init(_ image: Image, contents: [[UInt8]]) {
    self.image = image
    self.contents = contents
  }
}

/// What undoing a step takes.
package struct Undo: Hashable, Sendable {
  /// What is to be done, in order; empty when there is nothing to put back.
  package var steps: [Step]
  /// What somebody else has changed since, and is therefore left alone.
  package var conflicts: [Conflict]
  /// What alone takes the effect away, where no step can; nil where steps can.
  package var awaits: PlaneState.Event?

  /// `steps` to do and `conflicts` to leave; what is left `awaits` an event.
  package init(
    _ steps: [Step] = [], conflicts: [Conflict] = [], awaits: PlaneState.Event? = nil
  ) {
    self.steps = steps
    self.conflicts = conflicts
    self.awaits = awaits
  }
}

/// An owned unit that is neither as a run left it nor as it was before.
package struct Conflict: Hashable, Sendable {
  /// What it is: a path, a key or a line.
  package var unit: String
  /// What was there before the run.
  package var before: String
  /// What the run had made of it.
  package var after: String
  /// What is there now.
  package var found: String

  init(_ unit: String, before: String, after: String, found: String) {
    self.unit = unit
    self.before = before
    self.after = after
    self.found = found
  }
}
