/// Something that must work once a run is done: what a canary looks at.
///
/// Probes are written into plans, so renaming a case or a label is a change of the plan format.
package enum Probe: Hashable, Sendable, Codable {
  /// A TCP connection to a numeric address is accepted.
  case tcp(address: String, port: UInt16)
  /// A plain HTTP request is answered with a status below 400.
  case http(address: String, port: UInt16, host: String, path: String)
  /// A unit of the service manager is active.
  case unit(name: String)
  /// A program, run as `user`, ends with 0.
  case command(words: [String], user: String)
  /// An account can log in: `su` opens a login shell of it.
  case login(user: String)
  /// `sudo` lets an account use it.
  case sudo(user: String)
  /// A file can be made in a directory.
  case writable(path: String)
  /// Every TCP socket that was listened on before the run still is.
  case listening
  /// No unit has failed that had not before the run.
  case failedUnits

  /// What it looks at, in a few words.
  package var text: String {
    switch self {
    case .tcp(let address, let port): "tcp \(Self.place(address, port))"
    case .http(let address, let port, _, let path):
      "http \(Self.place(address, port))\(path)"
    case .unit(let name): "unit \(name)"
    case .command(let words, let user): "command \(words.joined(separator: " ")) as \(user)"
    case .login(let user): "login of \(user)"
    case .sudo(let user): "sudo for \(user)"
    case .writable(let path): "writable \(path)"
    case .listening: "listening sockets"
    case .failedUnits: "failed units"
    }
  }

  /// An address with its port, as URLs have it.
  package static func place(_ address: String, _ port: UInt16) -> String {
    address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}

/// One entry of a canary: a probe with its name and with what its failure means.
package struct CanaryProbe: Hashable, Sendable, Codable {
  /// Its name, unique within a plan.
  package var id: String
  /// What it looks at.
  package var probe: Probe
  /// How long one answer may take.
  package var timeout: TimeSpan
  /// Whether its failure undoes the run; a wanted probe is only reported.
  package var isRequired: Bool

  /// An entry; see the properties.
  package init(id: String, probe: Probe, timeout: TimeSpan, isRequired: Bool) {
    self.id = id
    self.probe = probe
    self.timeout = timeout
    self.isRequired = isRequired
  }
}

/// What a probe found.
package enum ProbeAnswer: Hashable, Sendable, Codable {
  /// It works.
  case holds
  /// It does not, and why.
  case fails(reason: String)
  /// There is nothing to look at here, and why.
  case notApplicable(reason: String)
}

/// What probes compare with: how the host was before the run's first effect.
package struct CanaryBaseline: Hashable, Sendable, Codable {
  /// TCP sockets that were listened on; nil when no probe asks.
  package var listening: [String]?
  /// Units that had failed; nil when no probe asks.
  package var failedUnits: [String]?

  /// A baseline; see the properties.
  package init(listening: [String]? = nil, failedUnits: [String]? = nil) {
    self.listening = listening
    self.failedUnits = failedUnits
  }
}
