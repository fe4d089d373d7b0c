/// One audit rule as the kernel keeps it: numbers and bytes, no names.
///
/// Two rules are the same exactly when their values are; names, text and the order in which a
/// person wrote things do not count.
package struct AuditRuleData: Hashable, Sendable {
  /// The filter list that it stands in (`AUDIT_FILTER_EXIT` and its like).
  package var list: UInt32
  /// What happens when it matches: 0 never, 2 always.
  package var action: UInt32
  /// The system calls that it is about, one bit each, in 64 words.
  package var mask: [UInt32]
  /// What has to match, in order.
  package var fields: [Field]

  /// One comparison.
  package struct Field: Hashable, Sendable {
    /// What is compared (`AUDIT_PERM` and its like).
    package var code: UInt32
    /// How (`AUDIT_EQUAL` and its like).
    package var comparison: UInt32
    /// The number that it is compared with; for text, its length.
    package var value: UInt32
    /// The text that it is compared with; nil where a number is.
    package var text: Bytes?

    /// A comparison with a number.
    package init(_ code: UInt32, _ comparison: UInt32, _ value: UInt32) {
      self.code = code
      self.comparison = comparison
      self.value = value
    }

    /// A comparison with text.
    package init(_ code: UInt32, _ comparison: UInt32, _ text: [UInt8]) {
      self.init(code, comparison, UInt32(text.count))
      self.text = Bytes(text)
    }
  }

  /// An empty rule in `list`.
  package init(list: UInt32, action: UInt32) {
    self.list = list
    self.action = action
    mask = Array(repeating: 0, count: 64)
    fields = []
  }
}

extension AuditRuleData {
  /// The numbers of `linux/audit.h` that decide how a rule is read or placed.
  package enum Code {
    /// The architecture that system calls are numbered for.
    package static let arch: UInt32 = 11
    /// What is done with a file: read, write, execute, change attributes.
    package static let perm: UInt32 = 106
    /// A file by its path.
    package static let watch: UInt32 = 105
    /// A folder with everything below it.
    package static let directory: UInt32 = 107
    /// The program that runs.
    package static let exe: UInt32 = 112
    /// What events are found by.
    package static let key: UInt32 = 210
    /// The comparison for equality.
    package static let equal: UInt32 = 0x4000_0000
    /// The mark of a rule that goes to the start of its list.
    package static let prepend: UInt32 = 0x10
    /// The list for new processes.
    package static let task: UInt32 = 1
    /// The list for the ends of system calls.
    package static let exit: UInt32 = 4
    /// Fields that are compared with text.
    package static let texts: Set<UInt32> = [
      13, 14, 15, 16, 17, 19, 20, 21, 22, 23, watch, directory, exe, key,
    ]
  }

  /// The last 16 bits stand for classes of system calls; the kernel takes them and forgets them.
  private static let lastWord: UInt32 = 0xFFFF

  /// Whether every system call is meant.
  package var isEverySyscall: Bool {
    mask[63] & Self.lastWord == Self.lastWord && mask.dropLast().allSatisfy { $0 == .max }
  }

  /// The numbers of the system calls, in order.
  package var syscalls: [Int] {
    mask.enumerated().flatMap { word, bits in
      (0..<32).compactMap { bits & 1 << $0 == 0 ? nil : word * 32 + $0 }
    }
  }

  /// Adds one system call; false when no mask has room for it.
  package mutating func add(syscall number: Int) -> Bool {
    guard number >= 0, number < 64 * 32 else { return false }
    mask[number / 32] |= 1 << UInt32(number % 32)
    return true
  }

  /// Means every system call.
  package mutating func addEverySyscall() {
    mask = Array(repeating: .max, count: 63) + [Self.lastWord]
  }

  /// The texts of the fields with `code`.
  package func texts(_ code: UInt32) -> [String] {
    fields.filter { $0.code == code }.compactMap {
      $0.text.map { String(decoding: $0.raw, as: UTF8.self) }
    }
  }

  /// The key, by which its events are found; nil without one.
  package var key: String? { texts(Code.key).first }
}

// MARK: - The bytes of `struct audit_rule_data`

extension AuditRuleData {
  /// The bytes as they are sent.
  package var wire: [UInt8] {
    var words = [list, action, UInt32(fields.count)] + mask
    if isEverySyscall { words[3 + 63] = .max }
    let padded = { (values: [UInt32]) in values + Array(repeating: 0, count: 64 - values.count) }
    words += padded(fields.map(\.code)) + padded(fields.map(\.value))
    words += padded(fields.map(\.comparison))
    let texts = fields.compactMap(\.text?.raw).flatMap { $0 }
    words.append(UInt32(texts.count))
    return words.flatMap(Self.bytes) + texts
  }

  /// Reads bytes as the kernel lists them; nil when they are no rule.
  package init?(wire: [UInt8]) {
    guard wire.count >= 1040 else { return nil }
    let word = { (index: Int) in
      wire[index * 4..<index * 4 + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    let count = Int(word(2))
    guard count <= 64, Int(word(259)) <= wire.count - 1040 else { return nil }
    self.init(list: word(0) & ~Code.prepend, action: word(1))
    mask = (0..<64).map { word(3 + $0) }
    mask[63] &= Self.lastWord
    var offset = 1040
    for index in 0..<count {
      var field = Field(word(67 + index), word(195 + index), word(131 + index))
      if Code.texts.contains(field.code) {
        let end = offset + Int(field.value)
        guard end <= wire.count else { return nil }
        field.text = Bytes(Array(wire[offset..<end]))
        offset = end
      }
      fields.append(field)
    }
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
  }
}

extension AuditRuleData: Codable {
  private enum CodingKeys: String, CodingKey { case list, action, syscalls, fields }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      list: try container.decode(UInt32.self, forKey: .list),
      action: try container.decode(UInt32.self, forKey: .action))
    fields = try container.decode([Field].self, forKey: .fields)
    guard fields.count <= 64 else {
      throw DecodingError.dataCorruptedError(
        forKey: .fields, in: container, debugDescription: "more than 64 fields")
    }
    guard let numbers = try container.decodeIfPresent([Int].self, forKey: .syscalls) else {
      addEverySyscall()
      return
    }
    for number in numbers where !add(syscall: number) {
      throw DecodingError.dataCorruptedError(
        forKey: .syscalls, in: container, debugDescription: "no system call has number \(number)")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(list, forKey: .list)
    try container.encode(action, forKey: .action)
    if !isEverySyscall { try container.encode(syscalls, forKey: .syscalls) }
    try container.encode(fields, forKey: .fields)
  }
}

extension AuditRuleData.Field: Codable {
  private enum CodingKeys: String, CodingKey { case code, comparison, value, text }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let code = try container.decode(UInt32.self, forKey: .code)
    let comparison = try container.decode(UInt32.self, forKey: .comparison)
    if let text = try container.decodeIfPresent(Bytes.self, forKey: .text) {
      self.init(code, comparison, text.raw)
    } else {
      self.init(code, comparison, try container.decode(UInt32.self, forKey: .value))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(comparison, forKey: .comparison)
    if let text {
      try container.encode(text, forKey: .text)
    } else {
      try container.encode(value, forKey: .value)
    }
  }
}
