package import HardenModel

extension AuditRuleData {
  /// The rule as auditctl takes it, always in one form and with nothing left out.
  package var text: String {
    let action = action == 2 ? "always" : action == 0 ? "never" : "possible"
    var words = ["-a", "\(action),\(AuditNames.list(list) ?? "\(list)")"]
    let arches = fields.filter { $0.code == Code.arch }
    for field in arches { words += ["-F", field.text(on: nil)] }
    let machine =
      arches.last.flatMap { AuditNames.machine(elf: $0.value) } ?? AuditNames.nativeMachine
    if !isEverySyscall, list != Code.task {
      let names = syscalls.map { number in
        machine.flatMap { AuditNames.syscall(number, on: $0) } ?? "\(number)"
      }
      if !names.isEmpty { words += ["-S", names.joined(separator: ",")] }
    }
    let targets = [Code.perm, Code.watch, Code.directory, Code.exe]
    if isEverySyscall, list == Code.exit, !fields.contains(where: { targets.contains($0.code) }) {
      words += ["-S", "all"]
    }
    for field in fields where field.code != Code.arch {
      if field.code == Code.key, field == fields.last {
        for key in field.textValue.split(at: "\u{1}") { words += ["-k", String(key)] }
      } else if let compared = field.comparedNames {
        words += ["-C", compared]
      } else {
        words += ["-F", field.text(on: machine)]
      }
    }
    return AuditWords.join(words)
  }
}

extension AuditRuleData.Field {
  private typealias Code = AuditRuleData.Code

  fileprivate var textValue: String { text.map { String(decoding: $0.raw, as: UTF8.self) } ?? "" }

  private var symbol: String {
    AuditFieldReader.operators.first { $0.code == comparison }?.symbol ?? "?"
  }

  fileprivate var comparedNames: String? {
    guard code == 111, let pair = AuditFieldReader.compared(value) else { return nil }
    return pair.map { AuditNames.field($0) ?? "\($0)" }.joined(separator: symbol)
  }

  fileprivate func text(on machine: AuditNames.Machine?) -> String {
    "\(AuditNames.field(code) ?? "\(code)")\(symbol)\(valueText)"
  }

  private var valueText: String {
    if text != nil { return textValue }
    switch code {
    case 1...4, 9, 25, 109: return value == .max ? "unset" : "\(value)"
    case Code.arch:
      let named = ["b64", "b32"].first { name in
        AuditNames.machine(name).flatMap(AuditNames.elf) == value
      }
      return named ?? "0x\(String(value, radix: 16))"
    case 103: return AuditNames.errno(Int32(bitPattern: value)) ?? "\(Int32(bitPattern: value))"
    case 12: return AuditNames.event(value) ?? "\(value)"
    case Code.perm:
      return [("r", 4), ("w", 2), ("x", 1), ("a", 8)].filter { value & $0.1 != 0 }.map(\.0).joined()
    case 108: return AuditNames.fileType(value) ?? "\(value)"
    case 26: return AuditNames.fileSystem(value) ?? "0x\(String(value, radix: 16))"
    case 200...203: return "0x\(String(value, radix: 16))"
    default: return "\(value)"
    }
  }
}
