/// The text form of cap_from_text(3): clauses of names, operators and the flags e, i and p.
extension FileCapabilities {
  /// What is wrong with a text, in words.
  package struct Mistake: Error, Hashable {
    /// One sentence.
    package var message: String
  }

  /// Reads `text`, for example `cap_net_raw,cap_net_admin=ep`.
  package init(text: String) throws(Mistake) {
    var sets = Sets()
    for clause in text.words() {
      try sets.apply(Array(clause.utf8))
    }
    // The file has one bit for all of them.
    let granted = sets.permitted | sets.inheritable
    guard sets.effective == 0 || granted & ~sets.effective == 0 else {
      throw Mistake(
        message: "'\(text)' makes some of its capabilities effective and others not, "
          + "and a file has one bit for all")
    }
    self.init(
      permitted: sets.permitted, inheritable: sets.inheritable, isEffective: sets.effective != 0)
  }

  /// The three sets while clauses are read.
  private struct Sets {
    var effective: UInt64 = 0
    var permitted: UInt64 = 0
    var inheritable: UInt64 = 0

    mutating func apply(_ clause: [UInt8]) throws(Mistake) {
      let shown = String(decoding: clause, as: UTF8.self)
      let end = clause.firstIndex { Self.isOperator($0) } ?? clause.count
      guard end < clause.count else {
        throw Mistake(message: "'\(shown)' says nothing of its capabilities; add =, and e, i or p")
      }
      let isListed = end > 0
      let list = isListed ? try Self.list(clause[..<end]) : FileCapabilities.all
      var rest = clause[end...]
      var isFirst = true
      while let sign = rest.popFirst() {
        guard Self.isOperator(sign), sign != 0x3D || isFirst else {
          throw Mistake(message: "'\(shown)' has '=' in the middle of a clause")
        }
        var action = sign
        if sign == 0x3D {
          clear(list)
          if let next = rest.first, next == 0x2B || next == 0x2D {
            action = next
            rest.removeFirst()
          }
        }
        guard isListed || action == 0x3D else {
          throw Mistake(message: "'\(shown)' has + or - without capabilities before it")
        }
        let flags = rest.prefix { !Self.isOperator($0) }
        rest = rest.dropFirst(flags.count)
        guard !flags.isEmpty || (sign == 0x3D && action == 0x3D) else {
          throw Mistake(message: "'\(shown)' has no flag after its operator")
        }
        try set(list, flags, isOn: action != 0x2D, shown)
        isFirst = false
      }
    }

    private mutating func clear(_ list: UInt64) {
      effective &= ~list
      permitted &= ~list
      inheritable &= ~list
    }

    private mutating func set(
      _ list: UInt64, _ flags: ArraySlice<UInt8>, isOn: Bool, _ shown: String
    ) throws(Mistake) {
      for flag in flags {
        switch flag {
        case 0x65: effective = isOn ? effective | list : effective & ~list
        case 0x69: inheritable = isOn ? inheritable | list : inheritable & ~list
        case 0x70: permitted = isOn ? permitted | list : permitted & ~list
        default: throw Mistake(message: "'\(shown)' has a flag that is none of e, i and p")
        }
      }
    }

    private static func isOperator(_ byte: UInt8) -> Bool {
      byte == 0x3D || byte == 0x2B || byte == 0x2D
    }

    /// The capabilities of a list of names and numbers between commas.
    private static func list(_ names: ArraySlice<UInt8>) throws(Mistake) -> UInt64 {
      var list: UInt64 = 0
      for part in names.split(separator: 0x2C, omittingEmptySubsequences: false) {
        let name = String(decoding: part, as: UTF8.self).lowercased()
        if name == "all" {
          list = FileCapabilities.all
        } else if let number = FileCapabilities.names.firstIndex(of: name) ?? Self.number(name) {
          list |= 1 << UInt64(number)
        } else {
          let nearest = Spelling.nearest(to: name, among: FileCapabilities.names)
          throw Mistake(
            message: "there is no capability '\(name)'"
              + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
        }
      }
      return list
    }

    /// A number from 0 to 63: decimal, octal behind 0, hexadecimal behind 0x.
    private static func number(_ text: String) -> Int? {
      let (digits, radix) =
        text.hasPrefix("0x")
        ? (text.dropFirst(2), 16)
        : text.hasPrefix("0") && text.utf8.count > 1 ? (text.dropFirst(), 8) : (text[...], 10)
      guard let first = digits.utf8.first, first != 0x2B, first != 0x2D,
        let number = Int(digits, radix: radix), number < 64
      else { return nil }
      return number
    }
  }

  /// The text that people read, for example `cap_net_raw=ep`; `=` for an attribute that grants
  /// nothing.
  package var text: String {
    let both = permitted & inheritable
    let flag = isEffective ? "e" : ""
    let clauses = [
      (both, "\(flag)ip"), (permitted & ~both, "\(flag)p"), (inheritable & ~both, "\(flag)i"),
    ]
    let shown = clauses.filter { $0.0 != 0 }.map { "\(Self.list($0.0))=\($0.1)" }
    let suffix = root.map { " [rootid=\($0)]" } ?? ""
    return (shown.isEmpty ? "=\(flag)" : shown.joined(separator: " ")) + suffix
  }

  private static func list(_ set: UInt64) -> String {
    if set == all { return "all" }
    return (0..<64).filter { set & 1 << UInt64($0) != 0 }
      .map { $0 < names.count ? names[$0] : "\($0)" }.joined(separator: ",")
  }
}
