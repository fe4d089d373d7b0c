package import HardenModel
internal import HardenSystem

extension Condition: FieldValue {
  package static var shape: Shape { .named("condition") }

  /// The keys of a condition, for the schema and the manual.
  package static var fields: [FieldSpec] {
    [
      Keys.exists.spec, Keys.command.spec, Keys.os.spec, Keys.osFamily.spec, Keys.osVersion.spec,
      Keys.kernel.spec, Keys.arch.spec, Keys.selinux.spec, Keys.apparmor.spec,
      Keys.container.spec, Keys.virtualization.spec, Keys.uefi.spec, Keys.package.spec,
      Keys.unit.spec, Keys.mounted.spec, Keys.pamModule.spec, Keys.variable.spec, Keys.fact.spec,
      Keys.all.spec, Keys.any.spec, Keys.not.spec,
    ]
  }

  /// Several keys in one mapping must all hold; a list of values holds with any of them.
  package static func read(_ node: Node, _ reading: inout Reading) -> Condition? {
    guard node.entries?.isEmpty == false else {
      reading.mismatch(
        node, expected: "a condition", help: "for example {os_family: debian} or {exists: /srv/go}")
      return nil
    }
    var fields = Fields(node, of: "when", reading: reading)
    var parts = presence(&fields) + comparisons(&fields)
    parts += variables(&fields) + facts(&fields)
    if let all = fields.read(Keys.all) { parts.append(.all(all)) }
    if let any = fields.read(Keys.any) { parts.append(.any(any)) }
    if let not = fields.read(Keys.not) { parts.append(.not(not)) }
    reading = fields.finish()
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private static func presence(_ fields: inout Fields) -> [Condition] {
    [
      fields.read(Keys.exists).map { .test(.exists, values: $0.values.map(\.value.text)) },
      fields.read(Keys.command).map { .test(.command, values: $0.values.map(\.value)) },
      fields.read(Keys.package).map { .test(.package, values: $0.values.map(\.value)) },
      fields.read(Keys.unit).map { .test(.unit, values: $0.values.map(\.value)) },
      fields.read(Keys.mounted).map { .test(.mounted, values: $0.values.map(\.value.text)) },
      fields.read(Keys.pamModule).map { .test(.pamModule, values: $0.values.map(\.value)) },
    ].compactMap { $0 }
  }

  private static func comparisons(_ fields: inout Fields) -> [Condition] {
    [
      fields.read(Keys.os).map { .test(.os, values: $0.values.map(\.value)) },
      fields.read(Keys.osFamily).map { .test(.osFamily, values: $0.values.map(\.value)) },
      fields.read(Keys.osVersion).map { .test(.osVersion, values: $0.values.map(\.value.text)) },
      fields.read(Keys.kernel).map { .test(.kernel, values: $0.values.map(\.value.text)) },
      fields.read(Keys.arch).map { .test(.arch, values: $0.values.map(\.value)) },
      fields.read(Keys.selinux).map { .test(.selinux, values: $0.values.map(\.value.rawValue)) },
      fields.read(Keys.apparmor).map { .test(.apparmor, values: $0.values.map(\.value.rawValue)) },
      fields.read(Keys.container).map { .test(.container, values: $0.values.map(\.value)) },
      fields.read(Keys.virtualization).map {
        .test(.virtualization, values: $0.values.map(\.value))
      },
      fields.read(Keys.uefi).map { .test(.uefi, values: [String($0)]) },
    ].compactMap { $0 }
  }

  private static func variables(_ fields: inout Fields) -> [Condition] {
    let node = fields.node(Keys.variable)
    guard let wanted = fields.read(Keys.variable) else { return [] }
    return wanted.sorted { $0.key < $1.key }.compactMap { name, values in
      let range = node?.entries?.first { $0.key == name }?.keyRange ?? fields.range
      guard let value = fields.reading.variable(name, at: range) else { return nil }
      return .test(.variable(name: name, value: value), values: values.values.map(\.value))
    }
  }

  private static func facts(_ fields: inout Fields) -> [Condition] {
    let node = fields.node(Keys.fact)
    guard let wanted = fields.read(Keys.fact) else { return [] }
    return wanted.sorted { $0.key < $1.key }.compactMap { name, values in
      guard Fact(rawValue: name) != nil else {
        let range = node?.entries?.first { $0.key == name }?.keyRange ?? fields.range
        fields.reading.report(.unknownFact(name, at: range))
        return nil
      }
      return .test(.fact(name), values: values.values.map(\.value))
    }
  }

  private enum SELinuxMode: String, Choice { case enforcing, permissive, disabled }
  private enum Switch: String, Choice { case enabled, disabled }

  private enum Keys {
    static let exists = Field<OneOrMany<AbsolutePath>>(
      "exists", "a path exists")
    static let command = Field<OneOrMany<String>>(
      "command", "a command is in one of the system's directories")
    static let os = Field<OneOrMany<String>>(
      "os", "ID of os-release")
    static let osFamily = Field<OneOrMany<String>>(
      "os_family", "ID or one of ID_LIKE of os-release")
    static let osVersion = Field<OneOrMany<VersionText>>(
      "os_version", "VERSION_ID of os-release: 12, or >=12 and the like")
    static let kernel = Field<OneOrMany<VersionText>>(
      "kernel", "the running kernel's release: 6.1, or >=6.1 and the like")
    static let arch = Field<OneOrMany<String>>(
      "arch", "the machine as uname prints it")
    static let selinux = Field<OneOrMany<SELinuxMode>>(
      "selinux", "SELinux's mode")
    static let apparmor = Field<OneOrMany<Switch>>(
      "apparmor", "whether AppArmor is on")
    static let container = Field<OneOrMany<String>>(
      "container", "true, false or the kind of container")
    static let virtualization = Field<OneOrMany<String>>(
      "virtualization", "true, false or the kind of virtual machine")
    static let uefi = Field<Bool>(
      "uefi", "whether the firmware is UEFI")
    static let package = Field<OneOrMany<String>>(
      "package", "a package is installed")
    static let unit = Field<OneOrMany<String>>(
      "unit", "a systemd unit file exists")
    static let mounted = Field<OneOrMany<AbsolutePath>>(
      "mounted", "a path is a mount point")
    static let pamModule = Field<OneOrMany<String>>(
      "pam_module", "a line below /etc/pam.d names a module, for example pam_faillock.so")
    static let variable = Field<[String: OneOrMany<String>]>(
      "var", "variables of the playbook and the values that satisfy it")
    static let fact = Field<[String: OneOrMany<String>]>(
      "fact", "facts and the values that satisfy it")
    static let all = Field<[Condition]>(
      "all", "every one of these holds")
    static let any = Field<[Condition]>(
      "any", "at least one of these holds")
    static let not = Field<Condition>(
      "not", "this does not hold")
  }
}

extension Diagnostic {
  /// That there is no fact called `name`.
  package static func unknownFact(_ name: String, at range: SourceRange) -> Diagnostic {
    let names = Fact.allCases.map(\.rawValue)
    return Diagnostic(
      .unknownFact, "there is no fact '\(name)'", at: range,
      help: Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
        ?? "there are \(names.joined(separator: ", "))")
  }
}
