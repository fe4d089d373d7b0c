/// What harden would do to one host, and everything that it was computed from.
///
/// The text and JSON of `harden plan`, a saved plan, the input of an apply and the record in the
/// journal are all this one value.
package struct Plan: Hashable, Sendable, Codable {
  /// What a plan does.
  package enum Kind: String, Hashable, Sendable, Codable {
    /// Brings the host to what playbooks want.
    case apply
    /// Puts back what an earlier run changed.
    case rollback
    /// Puts back what playbooks no longer ask for, besides an apply.
    case prune
  }

  /// The version of this format; a reader refuses a newer one.
  package static let currentFormat = 1

  /// The version of this format that the plan is written in.
  package var format = Plan.currentFormat
  /// What the plan does.
  package var kind: Kind
  /// The digest of (address, plane, observed, wanted) of every change: equal hosts, equal ids.
  package var id: Digest
  /// The version of harden that made it.
  package var tool: String
  /// What tells this very plan from an equal one, since a plan is good for one run.
  package var nonce = UInt64.random(in: 0 ... .max)
  /// When it was made, seconds since 1970.
  package var created: Int64
  /// When it stops being accepted, seconds since 1970.
  package var expires: Int64
  /// The host that it is for.
  package var host: HostIdentity
  /// The names of the playbooks asked for.
  package var playbooks: [String]
  /// Every file that was read for it.
  package var sources: [SourceFile]
  /// What `--only` and `--except` named.
  package var selection: Selection
  /// Every control with its verdict.
  package var controls: [ControlVerdict]
  /// Every resource that differs, in the order of work.
  package var changes: [Change]
  /// What earlier runs set and no playbook of this plan asks for any more.
  package var orphans: [Orphan]
  /// What will be done, in order.
  package var steps: [PlannedStep]
  /// The bytes of files that steps write, by digest.
  package var contents: [String: Bytes]
  /// For bytes that the plan does not carry, the file that an apply reads them from, by digest; nil in
  /// plans without any.
  package var secrets: [String: String]?
  /// The resources themselves, so that an apply can compare them again.
  package var resources: [ResourceRecord]
  /// What must work once it is applied; nil in plans of versions without canaries.
  package var canary: [CanaryProbe]?
  /// What only the first boot of an image can complete or compare; nil for a host that runs.
  package var leftToBoot: [ResourceRecord]?
  /// The runs that a rollback undoes, newest first.
  package var undoes: [Int]
  /// What a rollback does about things that somebody changed since.
  package var conflicts = ConflictPolicy.keep
  /// What stands in the way of applying it; empty when nothing does.
  package var obstacles: [Obstacle]
  /// What a reader should know besides.
  package var warnings: [String]
  /// The digest of everything else, set when the plan is written down.
  package var seal = Digest.zero

  /// An empty plan of `kind` for `host`, to be filled.
  package init(kind: Kind, tool: String, created: Int64, host: HostIdentity) {
    self.kind = kind
    self.tool = tool
    self.created = created
    self.host = host
    id = Digest.zero
    expires = created + Self.lifetime
    (playbooks, sources, selection) = ([], [], Selection())
    (controls, changes, orphans, steps) = ([], [], [], [])
    (contents, resources, undoes, obstacles, warnings) = ([:], [], [], [], [])
  }

  /// How long a saved plan is accepted, in seconds.
  package static let lifetime: Int64 = 24 * 3600
}

/// What a rollback does about things that somebody changed since.
package enum ConflictPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Leaves them as they are and says so.
  case keep
  /// Puts back what was there before the run all the same.
  case restore
  /// Changes nothing at all while there are any.
  case abort
}

/// A reason not to apply a plan, each removable by naming it.
package struct Obstacle: Hashable, Sendable, Codable {
  /// What kind of reason it is.
  package enum Kind: String, Hashable, Sendable, Codable {
    /// A resource is refused; leave its control out.
    case refusal
    /// A control says that its risk is high; `--accept-risk CONTROL`.
    case risk
    /// Something on this host would break by it; `--accept-risk CONTROL`.
    case interlock
    /// A step cannot be undone; `--accept-irreversible KIND[NAME]`.
    case irreversible
    /// A waiver has expired; renew or remove it.
    case waiver
    /// Somebody changed something since, and the rollback was asked to stop for it.
    case conflict
    /// Every control is left out or does not apply.
    case nothing
  }

  /// What kind of reason it is.
  package var kind: Kind
  /// The control or address that has to be named.
  package var subject: String
  /// One sentence with what to do.
  package var message: String

  /// An obstacle about `subject`.
  package init(_ kind: Kind, _ subject: String, _ message: String) {
    self.kind = kind
    self.subject = subject
    self.message = message
  }
}

/// What selects some of the controls.
package struct Selection: Hashable, Sendable, Codable {
  /// Ids, tags or addresses to keep; empty keeps all.
  package var only: [String]
  /// Ids, tags or addresses to leave out.
  package var except: [String]

  /// Keeps `only` and leaves out `except`.
  package init(only: [String] = [], except: [String] = []) {
    self.only = only
    self.except = except
  }
}

/// The host that a plan or run belongs to.
package struct HostIdentity: Hashable, Sendable, Codable {
  /// A digest of the machine id, which itself is nobody's business.
  package var machine: Digest
  /// The boot during which the plan was made; nil below `--root`.
  package var boot: String?
  /// The host's name.
  package var name: String
  /// For example `debian 12`.
  package var system: String
  /// The kernel's release; nil below `--root`.
  package var kernel: String?
  /// The directory that harden works on.
  package var root: String

  /// The identity of one host.
  package init(
    machine: Digest, boot: String?, name: String, system: String, kernel: String?, root: String
  ) {
    self.machine = machine
    self.boot = boot
    self.name = name
    self.system = system
    self.kernel = kernel
    self.root = root
  }
}

/// A file that a plan was computed from.
package struct SourceFile: Hashable, Sendable, Codable {
  /// The file as the user named it, or relative to the playbook that includes it.
  package var path: String
  /// Of its bytes.
  package var sha256: Digest

  /// The file at `path` with the digest `sha256`.
  package init(path: String, sha256: Digest) {
    self.path = path
    self.sha256 = sha256
  }
}

/// One resource that differs, with what will be done about it and why.
package struct Change: Hashable, Sendable, Codable {
  /// What becomes of the thing as a whole.
  package enum Action: String, Hashable, Sendable, Codable {
    /// It is not there and will be.
    case create
    /// It is there and differs.
    case update
    /// It is there and will not be.
    case remove
    /// It differs and is left alone, for the reason in `refusal`.
    case refuse
    /// It is not as wanted, and nothing that harden does makes it so; it stands in nobody's way.
    case unmet
  }

  /// The resource.
  package var address: Address
  /// What becomes of it.
  package var action: Action
  /// The control that asks for it; empty for a rollback.
  package var control: String
  /// Where that control stands; nil for a rollback.
  package var at: SourceRange?
  /// Standards and their clauses.
  package var refs: [String: [String]]
  /// What is and what will be, plane by plane.
  package var planes: [PlaneState]
  /// How exactly it can be undone.
  package var reversibility: Reversibility
  /// The run that had set it, when it has drifted since.
  package var drifted: Drift?
  /// Why it is left alone, when it is.
  package var refusal: String?
  /// What a reader should know besides.
  package var notes: [String]

  /// One change.
  package init(
    _ address: Address, action: Action, control: String, at: SourceRange?,
    refs: [String: [String]] = [:], planes: [PlaneState], reversibility: Reversibility,
    drifted: Drift? = nil, refusal: String? = nil, notes: [String] = []
  ) {
    self.address = address
    self.action = action
    self.control = control
    self.at = at
    self.refs = refs
    self.planes = planes
    self.reversibility = reversibility
    self.drifted = drifted
    self.refusal = refusal
    self.notes = notes
  }
}

/// That an earlier run had set something which is no longer so.
package struct Drift: Hashable, Sendable, Codable {
  /// The run's number.
  package var run: Int
  /// When it ended, seconds since 1970.
  package var at: Int64

  /// Set by `run` at `at`.
  package init(run: Int, at: Int64) {
    self.run = run
    self.at = at
  }
}

/// Something that an earlier run set and that nobody asks for any more.
package struct Orphan: Hashable, Sendable, Codable {
  /// The resource.
  package var address: Address
  /// The playbook that had asked for it.
  package var playbook: String
  /// The control that had asked for it.
  package var control: String
  /// The run that set it.
  package var run: Int

  /// `address`, set by `run` for `control` of `playbook`.
  package init(_ address: Address, playbook: String, control: String, run: Int) {
    self.address = address
    self.playbook = playbook
    self.control = control
    self.run = run
  }
}

/// A step in its place, with the resources that it serves.
package struct PlannedStep: Hashable, Sendable, Codable {
  /// What is done.
  package var step: Step
  /// The resources that it serves; several when they share a file.
  package var addresses: [Address]

  /// `step` for `addresses`.
  package init(_ step: Step, for addresses: [Address]) {
    self.step = step
    self.addresses = addresses
  }
}

/// A resource as its kind writes it down, with who asked for it.
package struct ResourceRecord: Hashable, Sendable, Codable {
  /// The resource.
  package var address: Address
  /// The playbook that asks for it.
  package var playbook: String
  /// The control that asks for it.
  package var control: String
  /// Where that control stands.
  package var at: SourceRange
  /// What is wanted, as the kind encodes itself (JSON).
  package var desired: Bytes
  /// Ids of controls that come first.
  package var after: [String]
  /// What has to be asked of the running host before it counts.
  package var condition: Condition?

  /// One resource.
  package init(
    _ address: Address, playbook: String, control: String, at: SourceRange, desired: Bytes,
    after: [String] = []
  ) {
    self.address = address
    self.playbook = playbook
    self.control = control
    self.at = at
    self.desired = desired
    self.after = after
  }
}
