package import HardenCore
package import HardenModel

/// One user in the account files of the host.
package struct User: ResourceKind {
  /// The login name.
  package var name: String
  /// Whether there is to be such a user.
  package var presence: Presence
  /// What is claimed of the user; `home` and `shell` of a new one have usual values.
  package var claims: AccountClaims
  /// Whether a home directory that is missing is made.
  package var makesHome: Bool

  /// The user `name`; see the properties.
  package init(
    name: String, presence: Presence = .present, claims: AccountClaims = AccountClaims(),
    makesHome: Bool = false
  ) {
    self.name = name
    self.presence = presence
    self.claims = claims
    self.makesHome = makesHome
  }

  package var address: Address { Address(kind: "user", name: name) }

  private enum Password: String, Choice { case locked }

  private static let name = Field<OneOrMany<AccountLogin>>(
    "name", required: true, "the login name, or a list of names")
  private static let state = Field<Presence>("state", "present (usual) or absent")
  private static let system = Field<Bool>(
    "system", "whether a new user gets a number of the system's range")
  private static let uid = Field<AccountNumber>("uid", "the number; without it the next free one")
  private static let shell = Field<AccountPath>("shell", "the login shell")
  private static let home = Field<AccountPath>("home", "the path of the home directory")
  private static let createHome = Field<Bool>(
    "create_home", "make the home directory from /etc/skel where it is missing")
  private static let group = Field<AccountLogin>(
    "group", "the primary group; a new user without it gets a group of the same name")
  private static let groups = Field<[AccountLogin]>(
    "groups", "groups that the user is a member of, besides those that are not named")
  private static let password = Field<Password>("password", "locked: no password opens the account")
  private static let ageing = Field<Ageing>("ageing", "how long passwords are good")
  private static let expires = Field<AccountEnd>(
    "expires", "the day on which the account ends, or never")

  package static func read(_ fields: inout Fields) -> [User] {
    let names = fields.read(name)
    let presence = fields.read(state) ?? .present
    var claims = AccountClaims(
      id: fields.read(uid)?.value, isSystem: fields.read(system),
      group: fields.read(group)?.text, home: fields.read(home)?.text,
      shell: fields.read(shell)?.text, groups: fields.read(groups)?.map(\.text),
      isLocked: fields.read(password).map { _ in true })
    claims.ages = fields.read(ageing)?.ages ?? [:]
    claims.ages[.expires] = fields.read(expires)?.text
    let makesHome = fields.read(createHome) ?? false
    guard let names else { return [] }
    if presence == .absent, claims != AccountClaims() || makesHome {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "a user that is to be absent has no other fields", at: fields.range,
          help: "name the user and state: absent alone"))
    }
    if names.values.count > 1, claims.id != nil {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "several users cannot have one number", at: fields.range,
          help: "give each an entry of its own"))
    }
    return names.values.map {
      User(name: $0.value.text, presence: presence, claims: claims, makesHome: makesHome)
    }
  }

  package static let manual = Manual(
    kind: "user",
    summary: "A user is there or not, with this shell, these groups and these limits.",
    details: """
      Compared are the rows of /etc/passwd, /etc/shadow, /etc/group and /etc/gshadow, never a name
      service; fields that the playbook does not name stay. On a live host useradd, usermod and
      userdel do the work; locking, ageing and expiry change one field of one row. Below --root the
      rows are written as those tools would write them, and nothing of the image is executed.

      A new user without `home` gets /home/NAME, without `shell` /usr/sbin/nologin when it is a
      system user and else what /etc/default/useradd says; its password is locked. The number is
      known after apply, unless `uid` names it. A uid is never changed afterwards: files would be
      left behind with the old one. `groups` adds memberships and takes none away; a list of
      members that is complete belongs to the kind group.

      `password: locked` keeps the password behind a mark and closes no other way in, such as SSH
      keys; `expires` does. A home directory that is made belongs to the user and is filled from
      /etc/skel. It is taken back only as long as it holds nothing else, and removing a user never
      removes a home.

      What would lock people out wants `--accept-risk`: no administrator left who could log in, the
      caller's own rights, root without another console account, limits for an account that cron
      jobs or services use. A root without a password has no shell either when a boot stops, unless
      SYSTEMD_SULOGIN_FORCE is set for emergency.service and rescue.service: the plan says so, and is
      refused where it also changes what a boot may stop at, such as /etc/fstab.
      """,
    fields: [
      name.spec, state.spec, system.spec, uid.spec, group.spec, groups.spec, home.spec,
      createHome.spec, shell.spec, password.spec, ageing.spec, expires.spec,
    ],
    planes: "file",
    undo: "exact, with the backups of the account files, where nobody else has edited them; else "
      + "row by row; an account that others have changed stays",
    example: """
      user: {name: go-build, system: true, shell: /usr/sbin/nologin, home: /srv/go, password: locked}
      """)
}

/// How long passwords are good.
private struct Ageing: FieldValue {
  let ages: [AccountAge: String]

  private static let fields: [(age: AccountAge, field: Field<AccountDays>)] = [
    (.min, Field("min", "days before a password can be changed again")),
    (.max, Field("max", "days after which it has to be changed")),
    (.warn, Field("warn", "days of warning before that")),
    (.inactive, Field("inactive", "days after that on which it is still taken")),
  ]

  static func read(_ node: Node, _ reading: inout Reading) -> Ageing? {
    let ages = reading.inside(node, of: "ageing") { fields in
      var ages: [AccountAge: String] = [:]
      for (age, field) in Self.fields { ages[age] = fields.read(field)?.text }
      return ages
    }
    return Ageing(ages: ages)
  }

  static var shape: Shape { .object(fields.map(\.field.spec)) }
}
