package import HardenCore
internal import HardenModel
internal import HardenSystem

extension HostProbe {
  private enum Power: String, Choice { case on, off }

  private enum Keys {
    static let fips = Field<Power>("fips", "on or off: whether the kernel keeps to FIPS")
    static let commandLine = Field<Bool>(
      "command_line", "with fips: whether the kernel's command line has to say fips=1, too")
    static let digest = Field<DigestSubjects>(
      "digest", "a file, with sha256; or a mapping of files to their digests")
    static let sha256 = Field<OneOrMany<DigestText>>(
      "sha256", "with digest: the SHA-256 of the file, or a list of those that are accepted")
    static let elf = Field<OneOrMany<AbsolutePath>>("elf", "a program, or a list of programs")
    static let isStatic = Field<Bool>("static", "with elf: whether it needs no loader or library")
    static let isPositionIndependent = Field<Bool>(
      "pie", "with elf: whether the kernel may load it anywhere")
    static let certificate = Field<OneOrMany<PathPattern>>(
      "certificate", "a file with certificates, a pattern of files, or a list of either")
    static let daysLeft = Field<DaysLeft>(
      "days_left", "with certificate: for how many days it has to count, {at_least: 30}")
    static let absentPattern = Field<AbsentPattern>(
      "absent_pattern", "files and an expression that none of their lines may match")
  }

  static var fields: [FieldSpec] {
    [
      Keys.fips.spec, Keys.commandLine.spec, Keys.digest.spec, Keys.sha256.spec, Keys.elf.spec,
      Keys.isStatic.spec, Keys.isPositionIndependent.spec, Keys.certificate.spec,
      Keys.daysLeft.spec, Keys.absentPattern.spec,
    ] + ProbeFields.specs + [ProbeFields.timeout.spec, Fields.ifMissing.spec]
  }

  package static func read(_ fields: inout Fields) -> [HostProbe] {
    var questions = fips(&fields) + digests(&fields) + programs(&fields)
    questions += certificates(&fields) + patterns(&fields)
    let asked = ProbeFields.read(&fields)
    let timeout = ProbeFields.timeout(&fields)
    questions += asked.map { .asked($0, timeout: timeout) }
    let isMissingAllowed = fields.isMissingAllowed()
    let own = [
      fields.has(Keys.fips), fields.has(Keys.digest), fields.has(Keys.elf),
      fields.has(Keys.certificate), fields.has(Keys.absentPattern),
    ]
    ProbeFields.requireOne(
      &fields, beside: own, help: "for example {fips: on}; give each its own entry")
    return questions.map { HostProbe($0, isMissingAllowed: isMissingAllowed) }
  }

  private static func fips(_ fields: inout Fields) -> [Question] {
    let power = fields.read(Keys.fips)
    let isOnCommandLine = fields.read(Keys.commandLine)
    belongs(Keys.commandLine, to: Keys.fips, &fields)
    return power.map { [.fips(isOn: $0 == .on, isOnCommandLine: isOnCommandLine ?? false)] } ?? []
  }

  private static func digests(_ fields: inout Fields) -> [Question] {
    let subjects = fields.read(Keys.digest)
    let digests = fields.read(Keys.sha256)?.values.map(\.value.digest)
    belongs(Keys.sha256, to: Keys.digest, &fields)
    switch subjects {
    case .mapping(let wanted):
      if let node = fields.node(Keys.sha256) {
        fields.reading.report(
          Diagnostic(
            .wrongValue, "the mapping below 'digest' has the digests already", at: node.range,
            help: "delete it"))
      }
      return wanted.map { .digest(path: $0.path, anyOf: $0.digests) }
    case .path(let path):
      guard fields.has(Keys.sha256) else {
        need(Keys.sha256, beside: Keys.digest, &fields)
        return []
      }
      return digests.map { [.digest(path: path, anyOf: $0)] } ?? []
    case nil: return []
    }
  }

  private static func programs(_ fields: inout Fields) -> [Question] {
    let paths = fields.read(Keys.elf)?.values ?? []
    let isStatic = fields.read(Keys.isStatic)
    let isPositionIndependent = fields.read(Keys.isPositionIndependent)
    belongs(Keys.isStatic, to: Keys.elf, &fields)
    belongs(Keys.isPositionIndependent, to: Keys.elf, &fields)
    if !fields.has(Keys.isStatic), !fields.has(Keys.isPositionIndependent) {
      need(Keys.isStatic, beside: Keys.elf, &fields)
    }
    return paths.map {
      .elf(
        path: $0.value.text, isStatic: isStatic, isPositionIndependent: isPositionIndependent)
    }
  }

  private static func certificates(_ fields: inout Fields) -> [Question] {
    let paths = fields.read(Keys.certificate)?.values ?? []
    let days = fields.read(Keys.daysLeft)
    belongs(Keys.daysLeft, to: Keys.certificate, &fields)
    if !fields.has(Keys.daysLeft) { need(Keys.daysLeft, beside: Keys.certificate, &fields) }
    guard let days else { return [] }
    return paths.map { .certificate(path: $0.value.text, days: days.atLeast) }
  }

  private static func patterns(_ fields: inout Fields) -> [Question] {
    guard let wanted = fields.read(Keys.absentPattern) else { return [] }
    return wanted.files.map {
      .absentPattern(
        files: $0, pattern: wanted.pattern, isIgnoringCase: wanted.isIgnoringCase)
    }
  }

  private static func belongs(
    _ key: Field<some FieldValue>, to owner: Field<some FieldValue>, _ fields: inout Fields
  ) {
    guard let node = fields.node(key), !fields.has(owner) else { return }
    fields.reading.report(
      Diagnostic(
        .wrongValue, "'\(key.spec.name)' belongs to '\(owner.spec.name)'", at: node.range,
        help: "delete it"))
  }

  private static func need(
    _ key: Field<some FieldValue>, beside owner: Field<some FieldValue>, _ fields: inout Fields
  ) {
    guard fields.has(owner) else { return }
    fields.reading.report(
      Diagnostic(
        .missingKey, "'\(owner.spec.name)' needs '\(key.spec.name)' beside it", at: fields.range))
  }
}
