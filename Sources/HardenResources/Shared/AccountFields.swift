internal import HardenCore
internal import HardenModel

/// The name of a user or group that is to be made: what every account tool takes.
struct AccountLogin: FieldValue {
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> AccountLogin? {
    guard let text = reading.text(node, expected: "the name of an account") else { return nil }
    guard text.utf8.count <= 32, text.wholeMatch(of: /[a-z_][a-z0-9_-]*\$?/) != nil else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' cannot be the name of an account", at: node.range,
          help: "small letters, digits, - and _, a letter first, 32 characters at most"))
      return nil
    }
    return AccountLogin(text: text)
  }

  static var shape: Shape { .pattern("^[a-z_][a-z0-9_-]*\\$?$", example: "go-build") }
}

/// The number of a user or group.
struct AccountNumber: FieldValue {
  let value: UInt32

  static func read(_ node: Node, _ reading: inout Reading) -> AccountNumber? {
    guard let text = reading.text(node, expected: "a number") else { return nil }
    guard let value = UInt32(text), value < .max - 1, value != 65_535 else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' cannot be the number of an account", at: node.range,
          help: "0 to 4294967293, and not 65535"))
      return nil
    }
    return AccountNumber(value: value)
  }

  static var shape: Shape { .integer(0...4_294_967_293) }
}

/// A path or text that becomes one field of a row.
struct AccountPath: FieldValue {
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> AccountPath? {
    guard let path = AbsolutePath.read(node, &reading) else { return nil }
    guard !path.text.utf8.contains(where: { $0 == 0x3A || $0 < 0x20 || $0 == 0x7F }) else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(path.text)' cannot stand in an account file", at: node.range,
          help: "leave out colons and control characters"))
      return nil
    }
    return AccountPath(text: path.text)
  }

  static var shape: Shape { AbsolutePath.shape }
}

/// A number of days, or -1 for none.
struct AccountDays: FieldValue {
  /// The field of `/etc/shadow`.
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> AccountDays? {
    guard let days = Int.read(node, &reading) else { return nil }
    guard (-1...99_999).contains(days) else {
      reading.report(
        Diagnostic(
          .wrongValue, "\(days) is no number of days", at: node.range,
          help: "0 to 99999, or -1 to switch it off"))
      return nil
    }
    return AccountDays(text: days < 0 ? "" : "\(days)")
  }

  static var shape: Shape { .integer(-1...99_999) }
}

/// A day on which an account ends, or never.
struct AccountEnd: FieldValue {
  /// The field of `/etc/shadow`.
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> AccountEnd? {
    guard let text = reading.text(node, expected: "a day, or never") else { return nil }
    if text == "never" { return AccountEnd(text: "") }
    guard let day = CalendarDay.number(of: text) else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' is no day", at: node.range,
          help: "write YYYY-MM-DD, or never"))
      return nil
    }
    return AccountEnd(text: "\(day)")
  }

  static var shape: Shape {
    .pattern("^([0-9]{4}-[0-9]{2}-[0-9]{2}|never)$", example: "2027-03-31")
  }

  /// A field of `/etc/shadow` as a day.
  static func shown(_ field: String) -> String {
    guard let days = Int64(field) else { return field.isEmpty ? "never" : field }
    return CalendarDay.text(of: days * 86_400)
  }
}
