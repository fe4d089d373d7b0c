package import HardenCore
package import HardenModel

/// One group in the account files of the host.
package struct Group: ResourceKind {
  /// The group's name.
  package var name: String
  /// Whether there is to be such a group.
  package var presence: Presence
  /// What is claimed of it.
  package var claims: AccountClaims

  /// The group `name`; see the properties.
  package init(
    name: String, presence: Presence = .present, claims: AccountClaims = AccountClaims()
  ) {
    self.name = name
    self.presence = presence
    self.claims = claims
  }

  package var address: Address { Address(kind: "group", name: name) }

  private static let name = Field<OneOrMany<AccountLogin>>(
    "name", required: true, "the group's name, or a list of names")
  private static let state = Field<Presence>("state", "present (usual) or absent")
  private static let system = Field<Bool>(
    "system", "whether a new group gets a number of the system's range")
  private static let gid = Field<AccountNumber>("gid", "the number; without it the next free one")
  private static let members = Field<[AccountLogin]>(
    "members", "its members, all of them; an empty list leaves none")

  package static func read(_ fields: inout Fields) -> [Group] {
    let names = fields.read(name)
    let presence = fields.read(state) ?? .present
    let claims = AccountClaims(
      id: fields.read(gid)?.value, isSystem: fields.read(system),
      members: fields.read(members)?.map(\.text))
    guard let names else { return [] }
    if presence == .absent, claims != AccountClaims() {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "a group that is to be absent has no other fields", at: fields.range,
          help: "name the group and state: absent alone"))
    }
    if names.values.count > 1, claims.id != nil {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "several groups cannot have one number", at: fields.range,
          help: "give each an entry of its own"))
    }
    return names.values.map {
      Group(name: $0.value.text, presence: presence, claims: claims)
    }
  }

  package static let manual = Manual(
    kind: "group",
    summary: "A group is there or not, with these members and no others.",
    details: """
      Compared are the rows of /etc/group and /etc/gshadow, never a name service. On a live host
      groupadd, gpasswd and groupdel do the work; below --root the rows are written as those tools
      would write them, and nothing of the image is executed.

      `members` is the whole list: who is not on it is taken off. To add one user and leave the
      others alone, name the group in `groups` of that user. Members have to be there; a group and
      a user that are made by one playbook meet in `groups` of the user. The number of a new group is
      known after apply, unless `gid` names it, and is never changed afterwards: files would be left
      behind with the old one. The primary group of a user cannot be removed.

      Taking the last administrator out of the group that makes one wants `--accept-risk`.
      """,
    fields: [name.spec, state.spec, system.spec, gid.spec, members.spec],
    planes: "file",
    undo: "exact, with the backups of the account files, where nobody else has edited them; else "
      + "row by row, member by member",
    example: """
      group: {name: shadow, members: []}
      """)
}
