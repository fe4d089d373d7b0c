package import HardenModel

/// One thing that a journal says; records are written in this order.
///
/// The number of a case on disk never changes, and an older reader skips numbers above
/// ``firstSkippable``.
package enum JournalRecord: Hashable, Sendable {
  /// The run begins: nothing has been changed yet.
  case begin(Begin)
  /// A step may be begun from now on; this is what undoing it will need.
  case intent(Intent)
  /// A step was done and read back.
  case done(Done)
  /// The run failed, and what was done is put back from now on.
  case failed(Failed)
  /// A step was put back, or left alone for the conflicts named.
  case undone(Undone)
  /// The run is over.
  case end(End)
  /// A probe of the canary was asked.
  case probed(Probed)
  /// Everything was done and proved but what waits for a confirmation.
  case waits(Waits)
  /// The run may stay unconfirmed for longer.
  case extended(Extended)
  /// Somebody confirms: what has waited is done from now on.
  case confirming(Confirming)
  /// The host was started again while the run waited, and its time begins anew.
  case rebooted(Rebooted)

  /// Records of this number and above may be skipped by a reader that does not know them.
  static let firstSkippable: UInt16 = 0x8000

  /// Who began a run, when, and with which plan.
  package struct Begin: Hashable, Sendable, Codable {
    /// The run's number.
    package var run: Int
    /// What the plan does.
    package var kind: Plan.Kind
    /// The plan's id.
    package var plan: Digest
    /// When, seconds since 1970.
    package var at: Int64
    /// How many steps the plan has.
    package var steps: Int
    /// Who and from where.
    package var actor: Actor
    /// What the canary compares with; nil when it compares nothing.
    package var baseline: CanaryBaseline?
    /// Until when it may stay unconfirmed; nil when it needs no confirmation.
    package var confirm: ConfirmTerms?
  }

  /// A step's before-image.
  package struct Intent: Hashable, Sendable, Codable {
    /// The step's place in the plan.
    package var step: Int
    /// What was there before.
    package var before: Image
  }

  /// A step's read-back.
  package struct Done: Hashable, Sendable, Codable {
    /// The step's place in the plan.
    package var step: Int
    /// What was there after.
    package var after: Image
  }

  /// Why a run turned round.
  package struct Failed: Hashable, Sendable, Codable {
    /// The step's place in the plan; nil when verification failed or the run was interrupted.
    package var step: Int?
    /// What happened, in one sentence.
    package var reason: String
  }

  /// What became of a step's undoing.
  package struct Undone: Hashable, Sendable, Codable {
    /// The step's place in the plan.
    package var step: Int
    /// What somebody else had changed and was left alone.
    package var conflicts: [String]
  }

  /// What a probe found.
  package struct Probed: Hashable, Sendable, Codable {
    /// The probe's name.
    package var id: String
    /// What it found.
    package var answer: ProbeAnswer
  }

  /// When a run began to wait.
  package struct Waits: Hashable, Sendable, Codable {
    /// When, seconds since 1970.
    package var at: Int64
  }

  /// A later end of the waiting.
  package struct Extended: Hashable, Sendable, Codable {
    /// As in ``ConfirmTerms``.
    package var deadline: Int64
    /// As in ``ConfirmTerms``.
    package var until: Int64
    /// Who asked for it.
    package var actor: Actor
  }

  /// Who confirmed.
  package struct Confirming: Hashable, Sendable, Codable {
    /// When, seconds since 1970.
    package var at: Int64
    /// Who and from where.
    package var actor: Actor
  }

  /// Which boot the canary of a run is asked in.
  package struct Rebooted: Hashable, Sendable, Codable {
    /// What counts from now on.
    package var terms: ConfirmTerms
  }

  /// How a run ended.
  package struct End: Hashable, Sendable, Codable {
    /// How.
    package var ending: Report.Ending
    /// When, seconds since 1970.
    package var at: Int64
  }
}

/// Who began a run, as far as the kernel tells.
package struct Actor: Hashable, Sendable, Codable {
  /// The user who logged in, from `/proc/self/loginuid`; nil outside a login.
  package var login: UInt32?
  /// The audit session, from `/proc/self/sessionid`; nil outside a login.
  package var session: UInt32?
  /// The effective user.
  package var user: UInt32
  /// The command line.
  package var command: [String]
  /// `--reason`.
  package var reason: String?
  /// `--label`.
  package var label: String?

  /// One actor; see the properties.
  package init(
    login: UInt32?, session: UInt32?, user: UInt32, command: [String], reason: String? = nil,
    label: String? = nil
  ) {
    self.login = login
    self.session = session
    self.user = user
    self.command = command
    self.reason = reason
    self.label = label
  }
}
