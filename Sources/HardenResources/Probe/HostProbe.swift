package import HardenCore
package import HardenModel
internal import HardenSystem

/// Something that is only looked at: there is nothing that harden would change about it.
package struct HostProbe: ResourceKind {
  /// What is looked at.
  package enum Question: Hashable, Sendable, Codable {
    /// Whether the kernel keeps to FIPS, and whether its command line asks for that.
    case fips(isOn: Bool, isOnCommandLine: Bool)
    /// A file has one of these SHA-256 digests.
    case digest(path: String, anyOf: [Digest])
    /// How a program is linked; nil asks nothing.
    case elf(path: String, isStatic: Bool?, isPositionIndependent: Bool?)
    /// Every certificate in a file, or in those that a pattern stands for, counts for so many days.
    case certificate(path: String, days: Int)
    /// No line of the files that a path or pattern stands for matches an expression.
    case absentPattern(files: String, pattern: String, isIgnoringCase: Bool)
    /// What a canary asks as well.
    case asked(Probe, timeout: TimeSpan)
  }

  /// What is looked at.
  package var question: Question
  /// Whether absence is accepted.
  package var isMissingAllowed: Bool

  /// A probe; see the properties.
  package init(_ question: Question, isMissingAllowed: Bool = false) {
    self.question = question
    self.isMissingAllowed = isMissingAllowed
  }

  package var address: Address {
    let name =
      switch question {
      case .fips: "fips"
      case .digest(let path, _): "digest \(path)"
      case .elf(let path, _, _): "elf \(path)"
      case .certificate(let path, _): "certificate \(path)"
      case .absentPattern(let files, let pattern, let isIgnoringCase):
        "absent_pattern \(files) \(pattern)\(isIgnoringCase ? " in any case" : "")"
      case .asked(let probe, _): probe.text
      }
    return Address(kind: "probe", name: name)
  }

  package static let manual = Manual(
    kind: "probe",
    summary: "Something is so that harden cannot make so: it is looked at, and nothing is changed.",
    details: """
      One key says what is looked at. A probe that does not hold makes its control differ, with what
      was found; it stands in the way of nothing else, no plan has steps for it, and an apply that
      ends with one exits with 4. Whoever accepts that waives the control. A probe that held before
      an apply, or that the plan's own steps make hold, is looked at again afterwards like every
      resource: when it fails then, the run is undone.

      `fips` has three states: `on`, `off`, and unmeasured where the kernel has no
      /proc/sys/crypto/fips_enabled. `digest` takes a path with `sha256`, or a mapping of paths to
      digests; several digests mean any of them. `elf` reads a program's headers: `static` is one
      without loader and libraries, `pie` one that the kernel may load anywhere. `certificate` reads
      PEM, bundles of it, and DER; the earliest end in a file counts. `absent_pattern` looks for
      lines that match an extended regular expression, as grep -E does, and names file and line,
      never what stands there. Paths of the last two may be patterns, each part as a shell has them;
      links are followed where only root could have made them.

      A file that is missing is not as wanted unless `if_missing: skip`; for `absent_pattern`, it is
      not applicable.

      A sealed planner makes no connections and runs nothing, so `command`, `tcp` and `http` are
      unmeasured here; below `canary:` they are asked after each apply. `harden drift` looks at the
      probes of every run in effect that held in it, as a plan does, so it connects to nothing either.
      """,
    fields: fields,
    planes: "file, and now for fips and unit; boot: the command line that the kernel was given",
    undo: "nothing is changed, so nothing is undone",
    example: """
      probe: {certificate: [/etc/ssl/private/*.pem, /etc/ssl/web.crt], days_left: {at_least: 30}, if_missing: skip}
      """)
}
