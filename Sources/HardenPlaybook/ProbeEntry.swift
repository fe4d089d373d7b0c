internal import HardenCore
internal import HardenModel

/// What a canary looks at: one key names it, and `timeout` says how long an answer may take.
struct ProbeEntry: FieldValue {
  /// The probe.
  var probe: Probe
  /// How long one answer may take.
  var timeout: TimeSpan

  /// `listening: kept` and `failed_units: none_new`: words instead of a bare key.
  private enum Kept: String, Choice { case kept }
  private enum NoneNew: String, Choice { case noneNew = "none_new" }

  private enum Keys {
    static let login = Field<Principal>("login", "this account can open a login shell")
    static let sudo = Field<Principal>("sudo", "sudo lets this account use it")
    static let writable = Field<AbsolutePath>("writable", "a file can be made in this directory")
    static let listening = Field<Kept>(
      "listening",
      "kept: every TCP socket that was listened on before still is, but for those of login sessions"
    )
    static let failedUnits = Field<NoneNew>(
      "failed_units", "none_new: no unit has failed that had not before")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> ProbeEntry? {
    var fields = Fields(node, of: "probe", reading: reading)
    let probes =
      ProbeFields.read(&fields)
      + [
        fields.read(Keys.login).map { Probe.login(user: $0.word) },
        fields.read(Keys.sudo).map { .sudo(user: $0.word) },
        fields.read(Keys.writable).map { .writable(path: $0.text) },
        fields.read(Keys.listening).map { _ in .listening },
        fields.read(Keys.failedUnits).map { _ in .failedUnits },
      ].compactMap(\.self)
    let timeout = ProbeFields.timeout(&fields)
    if node.entries != nil {
      let own = [
        fields.has(Keys.login), fields.has(Keys.sudo), fields.has(Keys.writable),
        fields.has(Keys.listening), fields.has(Keys.failedUnits),
      ]
      ProbeFields.requireOne(&fields, beside: own, help: "for example {tcp: \"127.0.0.1:22\"}")
    }
    reading = fields.finish()
    return probes.first.map { ProbeEntry(probe: $0, timeout: timeout) }
  }

  static var shape: Shape {
    .object(
      ProbeFields.specs + [
        Keys.login.spec, Keys.sudo.spec, Keys.writable.spec, Keys.listening.spec,
        Keys.failedUnits.spec, ProbeFields.timeout.spec,
      ])
  }
}
