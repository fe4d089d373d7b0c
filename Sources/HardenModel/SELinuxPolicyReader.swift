/// Walks a binary SELinux policy up to the end of its conditions.
///
/// Most of what stands before them only has to be stepped over, which takes its length, and nearly
/// every length depends on what it holds. Numbers are little endian on every machine.
struct SELinuxPolicyReader {
  private let bytes: [UInt8]
  private var place = 0
  /// Whether something stood beyond the end; everything read since then is zero.
  private var isTorn = false
  private var version: UInt32 = 0
  private var hasLevels = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What is looked for.
  struct Parts {
    /// Where the set of permissive types stands.
    var permissive: Range<Int>
    var types: [(name: String, SELinuxPolicy.TypeName)] = []
    var booleans: [SELinuxPolicy.Boolean] = []
    var conditionals: [SELinuxPolicy.Conditional] = []
  }

  /// The parts; nil where there is no policy of a known version.
  mutating func read() -> Parts? {
    guard word() == 0xF97C_FF8C, text(word()) == "SE Linux" else { return nil }
    version = word()
    guard (24...34).contains(version) else { return nil }
    hasLevels = word() & 1 != 0
    let tables = word()
    guard tables == 8 else { return nil }
    skip(4)
    // What the policy is capable of, and the types that are never denied anything.
    skipBitmap()
    let start = place
    skipBitmap()
    var parts = Parts(permissive: start..<place)
    table { $0.skipCommon() }
    table { $0.skipClass() }
    table { $0.skipRole() }
    table { parts.types.append($0.type()) }
    table { $0.skipUser() }
    table { reader in
      let number = reader.word()
      let place = reader.place
      let isOn = reader.word() != 0
      let name = reader.text(reader.word())
      parts.booleans.append(.init(name: name, number: number, isOn: isOn, place: place))
    }
    table { $0.skipSensitivity() }
    table { $0.skipCategory() }
    repeated(word()) { _ = $0.vector() }
    repeated(word()) { parts.conditionals.append($0.conditional()) }
    return isTorn ? nil : parts
  }

  // MARK: Words

  private mutating func word() -> UInt32 {
    guard bytes.count - place >= 4 else {
      isTorn = true
      return 0
    }
    defer { place += 4 }
    return UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
      | UInt32(bytes[place + 3]) << 24
  }

  private mutating func skip(_ count: Int) {
    guard bytes.count - place >= count else {
      isTorn = true
      return
    }
    place += count
  }

  private mutating func text(_ length: UInt32) -> String {
    let start = place
    skip(Int(length))
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func repeated(_ count: UInt32, _ body: (inout Self) -> Void) {
    var left = count
    while left > 0, !isTorn {
      body(&self)
      left -= 1
    }
  }

  /// A table of names: how many numbers they take, how many names there are, and these.
  private mutating func table(_ entry: (inout Self) -> Void) {
    skip(4)
    repeated(word(), entry)
  }

  /// A set of numbers: two bounds, then blocks of a number and sixty-four bits.
  private mutating func skipBitmap() {
    skip(8)
    let blocks = word()
    skip(Int(blocks) * 12)
  }

  // MARK: What is stepped over

  private mutating func skipCommon() {
    let length = word()
    skip(8)
    let permissions = word()
    skip(Int(length))
    skipPermissions(permissions)
  }

  private mutating func skipPermissions(_ count: UInt32) {
    repeated(count) { reader in
      let length = reader.word()
      reader.skip(4 + Int(length))
    }
  }

  private mutating func skipClass() {
    let (length, inherited) = (word(), word())
    skip(8)
    let (permissions, constraints) = (word(), word())
    skip(Int(length) + Int(inherited))
    skipPermissions(permissions)
    skipConstraints(constraints)
    skipConstraints(word())
    // Where a new object takes its user, role, range and, later, its type from.
    if version >= 27 { skip(12) }
    if version >= 28 { skip(4) }
  }

  private mutating func skipConstraints(_ count: UInt32) {
    repeated(count) { reader in
      reader.skip(4)
      reader.repeated(reader.word()) { reader in
        let kind = reader.word()
        reader.skip(8)
        guard kind == 5 else { return }
        reader.skipBitmap()
        guard reader.version >= 29 else { return }
        reader.skipBitmap()
        reader.skipBitmap()
        reader.skip(4)
      }
    }
  }

  private mutating func skipRole() {
    let length = word()
    skip(8 + Int(length))
    skipBitmap()
    skipBitmap()
  }

  private mutating func type() -> (name: String, SELinuxPolicy.TypeName) {
    let (length, number, traits) = (word(), word(), word())
    // What bounds it.
    skip(4)
    let name = text(length)
    return (name, .init(number: number, isPrimary: traits & 1 != 0, isGroup: traits & 2 != 0))
  }

  private mutating func skipUser() {
    let length = word()
    skip(8 + Int(length))
    skipBitmap()
    guard hasLevels else { return }
    let ends = word()
    skip(4 * Int(ends))
    repeated(ends) { $0.skipBitmap() }
    skipLevel()
  }

  private mutating func skipLevel() {
    skip(4)
    skipBitmap()
  }

  private mutating func skipSensitivity() {
    let length = word()
    skip(4 + Int(length))
    skipLevel()
  }

  private mutating func skipCategory() {
    let length = word()
    skip(8 + Int(length))
  }

  // MARK: Access vectors

  /// Steps over one access vector and answers with the place of its flags.
  private mutating func vector() -> Int {
    skip(4)
    let flags = place + 2
    let kinds = word() >> 16
    // Vectors for single commands of ioctl hold eight numbers and what these are for.
    skip(kinds & 0x0700 == 0 ? 4 : 34)
    return flags
  }

  private mutating func conditional() -> SELinuxPolicy.Conditional {
    let place = place
    var found = SELinuxPolicy.Conditional(
      place: place, state: word(), expression: [], whenTrue: [], whenFalse: [])
    repeated(word()) { reader in found.expression.append((reader.word(), reader.word())) }
    repeated(word()) { reader in found.whenTrue.append(reader.vector()) }
    repeated(word()) { reader in found.whenFalse.append(reader.vector()) }
    return found
  }
}
