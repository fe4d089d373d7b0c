internal import HardenModel

/// Reads the argument of `-F` and of `-C`.
struct AuditFieldReader {
  /// The list that the rule stands in.
  let list: UInt32
  /// Nil lets names of users and groups by.
  let accounts: AccountNames?

  private typealias Field = AuditRuleData.Field
  private typealias Code = AuditRuleData.Code

  /// Operators with their codes; the longer ones are looked for first, anywhere in the text.
  static let operators: [(symbol: String, code: UInt32)] = [
    ("!=", 0x3000_0000), (">=", 0x6000_0000), ("<=", 0x5000_0000), ("&=", 0x4800_0000),
    ("=", 0x4000_0000), (">", 0x2000_0000), ("<", 0x1000_0000), ("&", 0x0800_0000),
  ]

  func read(_ pair: String) throws(AuditSyntaxError) -> AuditRuleData.Field {
    let (name, code, value) = try Self.parts(pair)
    guard let field = AuditNames.field(name) else {
      throw AuditSyntaxError("there is no field '\(name)'")
    }
    guard allows(field) else {
      throw AuditSyntaxError("the field '\(name)' does not go with that list")
    }
    if Code.texts.contains(field) { return try text(field, code, value) }
    let number = try number(field, name, code, value)
    return Field(field, code, number)
  }

  func readComparison(_ pair: String) throws(AuditSyntaxError) -> AuditRuleData.Field {
    guard list == Code.exit else { throw AuditSyntaxError("-C goes with the exit list only") }
    let (left, code, right) = try Self.parts(pair)
    guard code == 0x3000_0000 || code == Code.equal else {
      throw AuditSyntaxError("-C compares with = or !=")
    }
    guard let one = AuditNames.field(left), let other = AuditNames.field(right),
      let value = Self.comparisons.firstIndex(of: [one, other])
    else { throw AuditSyntaxError("'\(left)' and '\(right)' cannot be compared") }
    return Field(111, code, UInt32(value + 1))
  }

  /// The pairs of fields in the order of their numbers, from 1.
  private static let comparisons: [Set<UInt32>] = [
    [1, 109], [5, 110], [2, 109], [6, 110], [9, 109], [3, 109], [7, 110], [4, 109], [8, 110],
    [1, 9], [1, 2], [1, 4], [1, 3], [9, 4], [9, 3], [9, 2], [2, 3], [2, 4], [3, 4],
    [5, 6], [5, 8], [5, 7], [6, 8], [6, 7], [7, 8],
  ]

  /// The fields that a comparison is about; nil for a number that is none.
  static func compared(_ value: UInt32) -> [UInt32]? {
    guard value >= 1, value <= comparisons.count else { return nil }
    return comparisons[Int(value) - 1].sorted()
  }

  private static func parts(_ pair: String) throws(AuditSyntaxError) -> (String, UInt32, String) {
    let bytes = Array(pair.utf8)
    for (symbol, code) in operators {
      let (first, second) = (symbol.utf8.first, symbol.utf8.dropFirst().first)
      let start = bytes.indices.first { index in
        bytes[index] == first
          && (second == nil || index + 1 < bytes.count && bytes[index + 1] == second)
      }
      guard let start else { continue }
      let name = String(decoding: bytes[..<start], as: UTF8.self)
      let value = String(decoding: bytes[(start + symbol.utf8.count)...], as: UTF8.self)
      guard !name.isEmpty, !value.isEmpty else { break }
      return (name, code, value)
    }
    throw AuditSyntaxError("'\(pair)' is no field, operator and value, such as auid>=1000")
  }

  private func allows(_ field: UInt32) -> Bool {
    switch list {
    case 5: return [0, 1, 5, 9, 12, 13, 14, 15, 16, 17, Code.exe].contains(field)
    case 6: return [26, Code.key].contains(field)
    default: break
    }
    switch field {
    case 19...23, Code.watch, Code.directory, 103, Code.perm, 108, 100...102, 104, 18:
      return list == Code.exit
    case 12: return list == 0
    case 25: return list == 0 || list == Code.exit
    case 26: return false
    default: return true
    }
  }

  private func text(_ field: UInt32, _ code: UInt32, _ value: String) throws(AuditSyntaxError)
    -> AuditRuleData.Field
  {
    guard value.utf8.count <= (field == Code.key ? 256 : 4096) else {
      throw AuditSyntaxError("'\(value.prefix(20))…' is too long")
    }
    if field == Code.exe, code != Code.equal, code != 0x3000_0000 {
      throw AuditSyntaxError("exe compares with = or !=")
    }
    return Field(field, code, Array(value.utf8))
  }

  private func number(_ field: UInt32, _ name: String, _ code: UInt32, _ value: String)
    throws(AuditSyntaxError) -> UInt32
  {
    let isEquality = code == Code.equal || code == 0x3000_0000
    switch field {
    case 1, 2, 3, 4, 9, 109:
      if value == "unset" { return .max }
      if let number = AuditNumber.signed(value) { return number }
      return try account(value, "user") { $0.user(.name(value)) }
    case 5, 6, 7, 8, 110:
      if let number = AuditNumber.unsigned(value) { return number }
      return try account(value, "group") { $0.group(.name(value)) }
    case 103:
      return try known(
        AuditNumber.signed(value) ?? AuditNames.errno(value).map(UInt32.init(bitPattern:)), name,
        value)
    case 12: return try known(AuditNumber.unsigned(value) ?? AuditNames.event(value), name, value)
    case Code.arch:
      guard isEquality else { throw AuditSyntaxError("arch compares with = or !=") }
      if let elf = AuditNumber.unsigned(value) {
        return try known(AuditNames.machine(elf: elf).map { _ in elf }, name, value)
      }
      return try known(AuditNames.machine(value).flatMap(AuditNames.elf), name, value)
    case Code.perm:
      guard code == Code.equal else { throw AuditSyntaxError("perm compares with = only") }
      return try AuditDraft.permissionBits(value)
    case 108: return try known(AuditNames.fileType(value), name, value)
    case 26: return try known(AuditNames.fileSystem(value), name, value)
    case 200...203: return try known(AuditNumber.signed(value), name, value)
    case 25:
      return try known(value == "unset" ? .max : AuditNumber.signed(value), name, value)
    case 102:
      guard isEquality else { throw AuditSyntaxError("inode compares with = or !=") }
      return try known(AuditNumber.unsigned(value), name, value)
    default: return try known(AuditNumber.unsigned(value), name, value)
    }
  }

  private func known(_ number: UInt32?, _ name: String, _ value: String) throws(AuditSyntaxError)
    -> UInt32
  {
    guard let number else { throw AuditSyntaxError("'\(value)' is no value for \(name)") }
    return number
  }

  private func account(_ name: String, _ what: String, _ find: (AccountNames) -> UInt32?)
    throws(AuditSyntaxError) -> UInt32
  {
    guard let accounts else { return 0 }
    guard let number = find(accounts) else {
      throw AuditSyntaxError("there is no \(what) '\(name)'")
    }
    return number
  }
}
