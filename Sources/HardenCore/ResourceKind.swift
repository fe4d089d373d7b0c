package import HardenModel
package import HardenSystem

/// A kind of thing that harden can read from a playbook, observe on a host and bring to a wanted
/// state.
///
/// A kind is a value: what one resource should be. It encodes itself into plans, so a change of
/// its stored properties is a change of the plan format.
package protocol ResourceKind: Hashable, Sendable, Codable {
  /// Help, schema and documentation page.
  static var manual: Manual { get }

  /// The kind where `harden init` can read it from a host; nil for the others.
  static var findable: (any FindableKind.Type)? { get }

  /// All resources that one entry of `ensure:` asks for; reports into `fields` what is wrong.
  ///
  /// There is no host in sight: whether something exists is a question for ``observe(_:for:)``.
  static func read(_ fields: inout Fields) -> [Self]

  /// The resource's name; two resources of one address must want the same.
  var address: Address { get }

  /// The same resource, told of the one of its kind before it in its playbook; for kinds whose order
  /// counts.
  func following(_ previous: Self?) -> Self

  /// The resources that this one stands for on `host`, for kinds with patterns; itself otherwise.
  func instances(on host: borrowing Host) throws(SystemError) -> [Self]

  /// Compares every plane with the host and answers with the steps that would make it as wanted.
  ///
  /// It reads and never writes; it never runs a program. Anything that a plan depends on must be
  /// in the planes, because they are what makes a saved plan stale.
  func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
}

extension ResourceKind {
  /// Most kinds are only asked for.
  package static var findable: (any FindableKind.Type)? { nil }

  package func instances(on host: borrowing Host) throws(SystemError) -> [Self] { [self] }

  /// Order does not count for most kinds.
  package func following(_ previous: Self?) -> Self { self }
}

/// Who asks for a resource: written beside what is owned, and the key of ownership.
package struct Owner: Hashable, Sendable {
  /// The playbook's name.
  package var playbook: String
  /// The control's id.
  package var control: String

  /// The control `control` of `playbook`.
  package init(playbook: String, control: String) {
    self.playbook = playbook
    self.control = control
  }
}

/// One resource of one control.
package struct Resource: Sendable {
  /// What is wanted.
  package var desired: any ResourceKind
  /// Who asks for it.
  package var owner: Owner
  /// Where it stands in the playbook.
  package var at: SourceRange

  /// `desired`, asked for by `owner` at `at`.
  package init(_ desired: any ResourceKind, owner: Owner, at: SourceRange) {
    self.desired = desired
    self.owner = owner
    self.at = at
  }

  /// The resource's name.
  package var address: Address { desired.address }
}

/// The kinds that a build knows, and the names of those that come later.
package struct Catalog: Sendable {
  /// Every kind, in the order of the documentation.
  package let kinds: [any ResourceKind.Type]
  /// Kinds that the playbook format names and this build lacks.
  package let later: [String]

  /// A catalogue of `kinds`; `later` are names that get a diagnostic of their own.
  package init(_ kinds: [any ResourceKind.Type], later: [String]) {
    self.kinds = kinds
    self.later = later
  }

  /// The kind called `name`.
  package func kind(_ name: String) -> (any ResourceKind.Type)? {
    kinds.first { $0.manual.kind == name }
  }
}
