/// Characters that people cannot see, or that make text look like other text.
enum ForbiddenCharacter {
  /// What `scalar` is called when it may not stand in a playbook, nil when it may.
  ///
  /// `atStart` tells a byte order mark from the same character elsewhere.
  static func name(_ scalar: Unicode.Scalar, atStart: Bool = false) -> String? {
    switch scalar.value {
    case 0x09, 0x0A: nil
    case 0: "a NUL character"
    case ..<0x20, 0x7F..<0xA0: "the control character \(code(scalar))"
    case 0xFEFF where atStart: "a byte order mark"
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      "the bidi control \(code(scalar))"
    case 0x200B, 0x2060...0x2064, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      "the invisible character \(code(scalar))"
    case 0x2028, 0x2029: "the line separator \(code(scalar))"
    default: nil
    }
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
