package import HardenCore
package import HardenModel
internal import HardenSystem

/// One environment variable in one of the places that give it to people and programs.
package struct Environment: ResourceKind {
  /// The variable.
  package var variable: String
  /// What it holds.
  package var value: String
  /// Where it is set.
  package var place: EnvironmentPlace
  /// Our own file there; Go's file belongs to everybody.
  package var file: String
  /// Whether what somebody else has set gives way.
  package var overwrites: Bool

  /// `variable` holding `value`, set in `file`; see the properties.
  package init(
    variable: String, value: String, place: EnvironmentPlace, file: String, overwrites: Bool = false
  ) {
    self.variable = variable
    self.value = value
    self.place = place
    self.file = file
    self.overwrites = overwrites
  }

  package var address: Address { Address(kind: "environment", name: "\(file) \(variable)") }

  private static let name = Field<String>(
    "name", required: true, "the name of harden's own file there, without its ending")
  private static let variables = Field<[String: String]>(
    "variables", required: true, "variables with what they hold")
  private static let places = Field<OneOrMany<EnvironmentPlace>>(
    "where", required: true,
    "profile.d for login shells, environment.d for services of users, go for the go command")
  private static let file = Field<AbsolutePath>(
    "file", "with go: the file that the go command reads, for example /usr/local/go/go.env")
  private static let overwrite = Field<Bool>(
    "overwrite", "whether another value that somebody has set gives way")

  package static func read(_ fields: inout Fields) -> [Environment] {
    let (name, variables) = (fields.read(name), fields.read(variables))
    let (places, file) = (fields.read(places), fields.read(file))
    let overwrites = fields.read(overwrite) ?? false
    guard let name, let variables, let places else { return [] }
    let range = fields.range
    var found: [Environment] = []
    func report(_ message: String, help: String? = nil) {
      fields.reading.report(Diagnostic(.wrongValue, message, at: range, help: help))
    }
    if !isWord(name, besides: "-.") || name.first == "." {
      report("'\(name)' cannot be the name of a file there")
    }
    for (place, _) in places.values {
      if (place == .go) != (file != nil) {
        report(place == .go ? "environment needs 'file' for go" : "only go has a file of its own")
        continue
      }
      let path = file?.text ?? place.path(name)
      for (variable, value) in variables.sorted(by: { $0.key < $1.key }) {
        if !isWord(variable, besides: "") || variable.first?.isNumber == true {
          report("'\(variable)' cannot be the name of a variable")
        } else if let why = place.obstacle(value) {
          report("\(variable) cannot be set in \(place.rawValue): \(why)")
        } else {
          found.append(
            Environment(
              variable: variable, value: value, place: place, file: path, overwrites: overwrites))
        }
      }
    }
    return found
  }

  private static func isWord(_ text: String, besides: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
          || besides.utf8.contains(byte)
      }
  }

  package static let manual = Manual(
    kind: "environment",
    summary: "An environment variable is set for everybody who logs in, or for the go command.",
    details: """
      `profile.d` writes /etc/profile.d/zz-NAME.sh, `environment.d` /etc/environment.d/zz-NAME.conf,
      and `go` the file that is named, one line for each variable; no other line changes. The value
      that counts is the last one over all files that are read there, and is shown with file and line.

      What somebody else has set to another value stays: the variable is refused, with file and line,
      unless `overwrite: true`. Then a line of theirs that would still win is changed where it stands,
      as far as it stands below /etc. Go's own file has no part that is ours, so a value there is
      changed with `overwrite: true` only.

      Who is logged in keeps the old values until the next login.
      """,
    fields: [name.spec, variables.spec, places.spec, file.spec, overwrite.spec],
    planes: "file",
    undo: "exact: the lines as they were; a file that was made goes",
    example: """
      environment: {name: go, where: [profile.d, environment.d], variables: {GOFLAGS: -mod=readonly, GOSUMDB: sum.golang.org}}
      """)
}
