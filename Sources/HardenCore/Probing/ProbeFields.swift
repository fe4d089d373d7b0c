package import HardenModel

/// The probes that a canary and the kind `probe` share: something that runs is asked.
package enum ProbeFields {
  private static let tcp = Field<SocketPlace>("tcp", "a connection to this address is accepted")
  private static let http = Field<WebPlace>(
    "http", "this address answers with a status below 400")
  private static let unit = Field<String>("unit", "this unit is active")
  private static let command = Field<[String]>(
    "command", "this program with its arguments, named by its full path, ends with 0")
  private static let user = Field<Principal>("as", "who runs the command; nobody unless given")
  /// How long an answer may take.
  package static let timeout = Field<TimeSpan>(
    "timeout", "how long an answer may take; 10s unless given")

  /// Every key but ``timeout``.
  package static var specs: [FieldSpec] {
    [tcp.spec, http.spec, unit.spec, command.spec, user.spec]
  }

  /// Reports unless `fields` name one of these probes or of those that are `beside` them, and no more.
  package static func requireOne(_ fields: inout Fields, beside others: [Bool], help: String) {
    let named =
      [fields.has(tcp), fields.has(http), fields.has(unit), fields.has(command)] + others
    let count = named.count(where: \.self)
    guard count != 1 else { return }
    fields.reading.report(
      Diagnostic(
        .wrongValue, "a probe looks at one thing, not at \(count)", at: fields.range, help: help))
  }

  /// The probes that `fields` name; reports what is wrong.
  package static func read(_ fields: inout Fields) -> [Probe] {
    let probes = [
      fields.read(tcp).map { Probe.tcp(address: $0.address, port: $0.port) },
      fields.read(http)?.probe,
      fields.read(unit).map { .unit(name: $0.contains(".") ? $0 : "\($0).service") },
      readCommand(&fields),
    ]
    return probes.compactMap(\.self)
  }

  /// How long an answer may take, given or not.
  package static func timeout(_ fields: inout Fields) -> TimeSpan {
    fields.read(timeout) ?? TimeSpan(seconds: 10)
  }

  private static func readCommand(_ fields: inout Fields) -> Probe? {
    let words = fields.read(command)
    let user = fields.read(user)
    let (node, place) = (fields.node(command), fields.node(self.user)?.range)
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
}

extension Principal {
  /// As account files and programs have it.
  package var word: String {
    switch self {
    case .name(let name): name
    case .id(let id): "\(id)"
    }
  }
}
