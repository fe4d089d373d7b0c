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
    static let tcp = Field<SocketPlace>("tcp", "a connection to this address is accepted")
    static let http = Field<WebPlace>("http", "this address answers with a status below 400")
    static let unit = Field<String>("unit", "this unit is active")
    static let command = Field<[String]>(
      "command", "this program with its arguments, named by its full path, ends with 0")
    static let user = Field<Principal>("as", "who runs the command; nobody unless given")
    static let login = Field<Principal>("login", "this account can open a login shell")
    static let sudo = Field<Principal>("sudo", "sudo lets this account use it")
    static let writable = Field<AbsolutePath>("writable", "a file can be made in this directory")
    static let listening = Field<Kept>(
      "listening", "kept: every TCP socket that was listened on before still is")
    static let failedUnits = Field<NoneNew>(
      "failed_units", "none_new: no unit has failed that had not before")
    static let timeout = Field<TimeSpan>("timeout", "how long an answer may take; 10s unless given")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> ProbeEntry? {
    var fields = Fields(node, of: "probe", reading: reading)
    let isNamed = [
      fields.has(Keys.tcp), fields.has(Keys.http), fields.has(Keys.unit), fields.has(Keys.command),
      fields.has(Keys.login), fields.has(Keys.sudo), fields.has(Keys.writable),
      fields.has(Keys.listening), fields.has(Keys.failedUnits),
    ]
    var probes = [
      fields.read(Keys.tcp).map { Probe.tcp(address: $0.address, port: $0.port) },
      fields.read(Keys.http)?.probe,
      fields.read(Keys.unit).map { .unit(name: $0.contains(".") ? $0 : "\($0).service") },
      fields.read(Keys.login).map { .login(user: $0.word) },
      fields.read(Keys.sudo).map { .sudo(user: $0.word) },
      fields.read(Keys.writable).map { .writable(path: $0.text) },
      fields.read(Keys.listening).map { _ in .listening },
      fields.read(Keys.failedUnits).map { _ in .failedUnits },
    ].compactMap(\.self)
    if let command = command(&fields) { probes.append(command) }
    let timeout = fields.read(Keys.timeout) ?? TimeSpan(seconds: 10)
    if node.entries != nil, isNamed.count(where: \.self) != 1 {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "a probe looks at one thing, not at \(isNamed.count(where: \.self))",
          at: node.range, help: "for example {tcp: \"127.0.0.1:22\"}"))
    }
    reading = fields.finish()
    return probes.first.map { ProbeEntry(probe: $0, timeout: timeout) }
  }

  private static func command(_ fields: inout Fields) -> Probe? {
    let words = fields.read(Keys.command)
    let user = fields.read(Keys.user)
    let (node, place) = (fields.node(Keys.command), fields.node(Keys.user)?.range)
    if let place, node == nil {
      fields.reading.report(
        Diagnostic(.wrongValue, "'as' belongs to a command", at: place, help: "delete it"))
    }
    guard let words, let node else { return nil }
    guard let program = words.first, AbsolutePath(program) != nil,
      words.count <= 256, !words.contains(where: { $0.utf8.contains(0) })
    else {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "a command begins with the full path of its program", at: node.range,
          help: "for example [/usr/local/go/bin/go, version]; there is no shell"))
      return nil
    }
    return .command(words: words, user: user?.word ?? "nobody")
  }

  static var shape: Shape {
    .object([
      Keys.tcp.spec, Keys.http.spec, Keys.unit.spec, Keys.command.spec, Keys.user.spec,
      Keys.login.spec, Keys.sudo.spec, Keys.writable.spec, Keys.listening.spec,
      Keys.failedUnits.spec, Keys.timeout.spec,
    ])
  }
}

extension Principal {
  /// As account files and programs have it.
  fileprivate var word: String {
    switch self {
    case .name(let name): name
    case .id(let id): "\(id)"
    }
  }
}
