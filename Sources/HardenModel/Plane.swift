/// Where a value lives; a resource has converged only when every plane that it claims agrees.
package enum Plane: String, Hashable, Sendable, Codable, CaseIterable {
  /// What the kernel or a process holds at this moment.
  case now
  /// What the file says that harden owns.
  case file
  /// What the next boot will produce from all sources in boot order.
  case boot
}

extension Plane: Comparable {
  /// In the order NOW, FILE, BOOT.
  package static func < (left: Plane, right: Plane) -> Bool {
    switch (left, right) {
    case (.now, .file), (.now, .boot), (.file, .boot): true
    default: false
    }
  }
}

/// One plane of one resource: what is, what is wanted, and who says so.
package struct PlaneState: Hashable, Sendable, Codable {
  /// Which plane this is.
  package var plane: Plane
  /// What the host holds, as shown to people; nil when there is nothing.
  package var observed: String?
  /// What the playbook wants there; nil when there must be nothing.
  package var wanted: String?
  /// Whether `observed` satisfies the playbook, which may accept more than `wanted`.
  package var holds: Bool
  /// What supplies the observed value.
  package var observedAt: Place?
  /// What will supply the wanted value.
  package var wantedAt: Place?
  /// What alone can still bring the wanted value, when no step can; nil when a step can.
  package var awaits: Event?

  /// Something that brings a value without a step.
  package enum Event: String, Hashable, Sendable, Codable {
    /// The next boot reads what is on disk already.
    case reboot
  }

  /// One plane that holds `observed` and is wanted to hold `wanted`.
  package init(
    _ plane: Plane, observed: String?, wanted: String?, holds: Bool, observedAt: Place? = nil,
    wantedAt: Place? = nil, awaits: Event? = nil
  ) {
    self.plane = plane
    self.observed = observed
    self.wanted = wanted
    self.holds = holds
    self.observedAt = observedAt
    self.wantedAt = wantedAt
    self.awaits = holds ? nil : awaits
  }

  /// Whether a step is needed to make it as wanted.
  package var differs: Bool { !holds && awaits == nil }
}
