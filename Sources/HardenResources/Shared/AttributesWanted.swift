internal import HardenCore
package import HardenModel

/// What a playbook wants of owner, group, mode and ACL; nil makes no claim.
package struct AttributesWanted: Hashable, Sendable, Codable {
  /// Accepted owners.
  package var owner: Accepted<Principal>?
  /// Accepted groups.
  package var group: Accepted<Principal>?
  /// Accepted permission bits.
  package var mode: ModeWanted?
  /// The access control list.
  package var acl: AccessListWanted?

  /// Makes no claim but the ones given.
  package init(
    owner: Accepted<Principal>? = nil, group: Accepted<Principal>? = nil, mode: ModeWanted? = nil,
    acl: AccessListWanted? = nil
  ) {
    self.owner = owner
    self.group = group
    self.mode = mode
    self.acl = acl
  }

  /// Whether it claims nothing.
  var isEmpty: Bool { self == AttributesWanted() }

  /// `self` with what it does not claim taken from `other`.
  func filled(from other: AttributesWanted) -> AttributesWanted {
    AttributesWanted(
      owner: owner ?? other.owner, group: group ?? other.group, mode: mode ?? other.mode,
      acl: acl ?? other.acl)
  }
}

/// The fields of a playbook that make up attributes.
struct AttributeFields {
  let owner = Field<Accepted<Principal>>("owner", "the owner, or {any: [...], set: NAME}")
  let group = Field<Accepted<Principal>>("group", "the group, or {any: [...], set: NAME}")
  let mode = Field<ModeWanted>(
    "mode", "four octal digits, or {at_most: MODE} to take bits away, or {any: [...], set: MODE}")
  let acl = Field<AccessListWanted>(
    "acl", "named entries of the ACL, for example u:backup:r; none removes it")

  func read(_ fields: inout Fields) -> AttributesWanted {
    AttributesWanted(
      owner: fields.read(owner), group: fields.read(group), mode: fields.read(mode),
      acl: fields.read(acl))
  }
}
