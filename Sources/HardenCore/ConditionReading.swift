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
      Keys.unit.spec, Keys.mounted.spec, Keys.variable.spec, Keys.fact.spec, Keys.all.spec,
      Keys.any.spec, Keys.not.spec,
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
    static var exists: Field<OneOrMany<AbsolutePath>> { Field("exists", "a path exists") }
    static var command: Field<OneOrMany<String>> {
      Field("command", "a command is in one of the system's directories")
    }
    static var os: Field<OneOrMany<String>> { Field("os", "ID of os-release") }
    static var osFamily: Field<OneOrMany<String>> {
      Field("os_family", "ID or one of ID_LIKE of os-release")
    }
    static var osVersion: Field<OneOrMany<VersionText>> {
      Field("os_version", "VERSION_ID of os-release: 12, or >=12 and the like")
    }
    static var kernel: Field<OneOrMany<VersionText>> {
      Field("kernel", "the running kernel's release: 6.1, or >=6.1 and the like")
    }
    static var arch: Field<OneOrMany<String>> { Field("arch", "the machine as uname prints it") }
    static var selinux: Field<OneOrMany<SELinuxMode>> { Field("selinux", "SELinux's mode") }
    static var apparmor: Field<OneOrMany<Switch>> { Field("apparmor", "whether AppArmor is on") }
    static var container: Field<OneOrMany<String>> {
      Field("container", "true, false or the kind of container")
    }
    static var virtualization: Field<OneOrMany<String>> {
      Field("virtualization", "true, false or the kind of virtual machine")
    }
    static var uefi: Field<Bool> { Field("uefi", "whether the firmware is UEFI") }
    static var package: Field<OneOrMany<String>> { Field("package", "a package is installed") }
    static var unit: Field<OneOrMany<String>> { Field("unit", "a systemd unit file exists") }
    static var mounted: Field<OneOrMany<AbsolutePath>> {
      Field("mounted", "a path is a mount point")
    }
    static var variable: Field<[String: OneOrMany<String>]> {
      Field("var", "variables of the playbook and the values that satisfy it")
    }
    static var fact: Field<[String: OneOrMany<String>]> {
      Field("fact", "facts and the values that satisfy it")
    }
    static var all: Field<[Condition]> { Field("all", "every one of these holds") }
    static var any: Field<[Condition]> { Field("any", "at least one of these holds") }
    static var not: Field<Condition> { Field("not", "this does not hold") }
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
