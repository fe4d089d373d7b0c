/// The binary policy that the kernel loads at boot, as far as booleans and permissive domains go.
///
/// Setting a boolean sets its default, the state of every condition that names it, and whether the
/// access vectors under that condition are enabled: the kernel takes all three from the file as they
/// stand. No byte moves, so what changes is exactly what a rebuild of the policy would change. So it is
/// with permissive domains: their set is written as the policy compiler writes it.
package struct SELinuxPolicy: Sendable {
  /// One boolean of the policy.
  struct Boolean: Sendable {
    var name: String
    /// Its number, by which conditions name it.
    var number: UInt32
    var isOn: Bool
    /// Where its default stands.
    var place: Int
  }

  /// Access vectors that are in force while an expression is true, and others while it is false.
  struct Conditional: Sendable {
    /// Where the state stands, which is not a plain boolean: an expression may come to nothing.
    var place: Int
    var state: UInt32
    /// In reverse Polish notation: what a word is, and the boolean that it names.
    var expression: [(kind: UInt32, boolean: UInt32)]
    /// Where the flags of access vectors stand.
    var whenTrue: [Int]
    var whenFalse: [Int]
  }

  /// A type, or a name that stands for types.
  struct TypeName: Sendable {
    /// Its number; that of the type where it is another name of one.
    var number: UInt32
    /// Whether it is no other name of a type.
    var isPrimary: Bool
    /// Whether it is an attribute, which is a group of types.
    var isGroup: Bool
  }

  private(set) var bytes: [UInt8]
  private var booleans: [String: Boolean] = [:]
  private let conditionals: [Conditional]
  private var types: [String: TypeName] = [:]
  /// The permissive types by number, and where their set stands.
  private var permissive: SELinuxBitmap
  private let permissivePlace: Range<Int>

  /// Reads a policy of versions 24 to 34; nil where `bytes` are none, or a newer one.
  package init?(_ bytes: [UInt8]) {
    var reader = SELinuxPolicyReader(bytes)
    guard let parts = reader.read(), let permissive = SELinuxBitmap(bytes[parts.permissive]) else {
      return nil
    }
    self.bytes = bytes
    self.permissive = permissive
    permissivePlace = parts.permissive
    conditionals = parts.conditionals
    for boolean in parts.booleans { booleans[boolean.name] = boolean }
    for (name, type) in parts.types { types[name] = type }
  }

  /// The name of every boolean.
  package var names: [String] { booleans.keys.sorted() }

  /// Whether the boolean `name` is on from the start; nil where there is none.
  package func isOn(_ name: String) -> Bool? { booleans[name]?.isOn }

  /// `on` or `off`; nil where the policy lacks the boolean or domain that `unit` names.
  package func text(of unit: String) -> String? {
    let isOn = Self.domain(of: unit).map(isPermissive) ?? isOn(unit)
    return isOn.map { $0 ? "on" : "off" }
  }

  /// The same policy with `states` from the start; units that it lacks change nothing.
  package func setting(_ states: [String: Bool]) -> [UInt8] {
    var policy = self
    for (name, isOn) in states {
      guard let boolean = policy.booleans[name] else { continue }
      policy.booleans[name]?.isOn = isOn
      policy.set(boolean.place, to: isOn ? 1 : 0)
    }
    let values = Dictionary(
      policy.booleans.values.map { ($0.number, $0.isOn) }, uniquingKeysWith: { first, _ in first })
    for conditional in conditionals {
      guard let isTrue = conditional.value(values) else { continue }
      guard conditional.state != (isTrue ? 1 : 0) else { continue }
      policy.set(conditional.place, to: isTrue ? 1 : 0)
      for place in conditional.whenTrue { policy.enable(place, isTrue) }
      for place in conditional.whenFalse { policy.enable(place, !isTrue) }
    }
    // Last: it may take more room, or less, before all that is named by its place.
    for (unit, isOn) in states {
      guard let type = Self.domain(of: unit).flatMap({ type(named: $0) }) else { continue }
      policy.permissive.set(type, isOn)
    }
    if policy.permissive != permissive {
      policy.bytes.replaceSubrange(permissivePlace, with: policy.permissive.bytes)
    }
    return policy.bytes
  }

  // MARK: Domains

  /// The unit that says whether `domain` is permissive; no boolean has a blank in its name.
  package static func permissive(_ domain: String) -> String { "\(prefix)\(domain)" }
  private static let prefix = "permissive "

  private static func domain(of unit: String) -> String? {
    unit.hasPrefix(prefix) ? String(unit.dropFirst(prefix.count)) : nil
  }

  /// Whether the type `domain` is permissive; nil where there is no type of that very name.
  package func isPermissive(_ domain: String) -> Bool? {
    type(named: domain).map(permissive.contains)
  }

  private func type(named name: String) -> UInt32? {
    types[name].flatMap { $0.isPrimary && !$0.isGroup ? $0.number : nil }
  }

  /// The name of every type.
  package var typeNames: [String] { types.keys.filter { type(named: $0) != nil }.sorted() }

  /// What a name is that is not the name of a type.
  package enum Kin: Hashable, Sendable {
    /// A group of types.
    case attribute
    /// Another name of the type.
    case alias(of: String)
  }

  /// What `name` is, other than the name of a type; nil where it is nothing else.
  package func kin(of name: String) -> Kin? {
    guard let found = types[name], type(named: name) == nil else { return nil }
    if found.isGroup { return .attribute }
    return typeNames.first { type(named: $0) == found.number }.map(Kin.alias)
  }

  /// Numbers are little endian, and the first of four bytes holds both values.
  private mutating func set(_ place: Int, to value: UInt8) {
    bytes.replaceSubrange(place..<place + 4, with: [value, 0, 0, 0])
  }

  /// The highest of sixteen flags says whether an access vector is in force.
  private mutating func enable(_ place: Int, _ isOn: Bool) {
    bytes[place + 1] = bytes[place + 1] & 0x7F | (isOn ? 0x80 : 0)
  }
}

extension SELinuxPolicy.Conditional {
  /// What the expression comes to with `values`; nil where it is none.
  func value(_ values: [UInt32: Bool]) -> Bool? {
    var stack: [Bool] = []
    for word in expression {
      switch word.kind {
      case 1:
        guard let value = values[word.boolean] else { return nil }
        stack.append(value)
      case 2:
        guard let value = stack.popLast() else { return nil }
        stack.append(!value)
      default:
        guard let right = stack.popLast(), let left = stack.popLast() else { return nil }
        switch word.kind {
        case 3: stack.append(left || right)
        case 4: stack.append(left && right)
        case 5, 7: stack.append(left != right)
        case 6: stack.append(left == right)
        default: return nil
        }
      }
    }
    return stack.count == 1 ? stack[0] : nil
  }
}
