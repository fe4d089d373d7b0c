internal import HardenModel

/// The name of a systemd unit, for example `nginx.service`, `getty@.service`, `getty@tty1.service`.
struct UnitName: Hashable, Sendable {
  let text: String

  /// What units can be; each has files of its own kind.
  static let types = [
    "service", "socket", "timer", "path", "target", "mount", "automount", "swap", "slice",
  ]

  /// The name `text`; nil where systemd has no such name.
  init?(_ text: String) {
    let isByte = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        || [0x3A, 0x2D, 0x5F, 0x2E, 0x5C, 0x40].contains(byte)
    }
    guard let dot = text.lastIndex(of: "."), dot != text.startIndex, text.first != "@",
      Self.types.contains(String(text[text.index(after: dot)...])), text.utf8.count < 256,
      text.utf8.allSatisfy(isByte)
    else { return nil }
    self.text = text
  }

  /// As a playbook has it: a name without a type is a service.
  init?(written text: String) {
    if let name = UnitName(text) {
      self = name
    } else {
      guard let name = UnitName("\(text).service") else { return nil }
      self = name
    }
  }

  /// The type, for example `service`.
  var type: Substring { text[text.utf8.index(after: dot)...] }

  /// Without the type.
  var stem: Substring { text[..<dot] }

  /// What stands before `@`, or the stem.
  var prefix: Substring { stem[..<(at ?? dot)] }

  /// What stands between `@` and the type: empty for a template, nil for neither.
  var instance: Substring? { at.map { stem[text.utf8.index(after: $0)...] } }

  /// The dot before the type; there is nothing but ASCII in a name.
  private var dot: String.Index { text.utf8.lastIndex(of: 0x2E) ?? text.startIndex }
  private var at: String.Index? { text.utf8[..<dot].firstIndex(of: 0x40) }

  var isTemplate: Bool { instance == "" }

  /// The template of an instance; nil for everything else.
  var template: UnitName? {
    instance?.isEmpty == false ? UnitName("\(prefix)@.\(type)") : nil
  }

  /// The instance of a template; itself otherwise.
  func instantiated(_ instance: String) -> UnitName? {
    isTemplate ? UnitName("\(prefix)@\(instance).\(type)") : self
  }

  /// `text` with what `%` stands for in an `[Install]` section; nil where that is not known here.
  func expand(_ text: String) -> String? {
    var expanded = ""
    var rest = text[...]
    while let sign = rest.firstIndex(of: "%") {
      expanded += rest[..<sign]
      rest = rest[rest.index(after: sign)...]
      switch rest.popFirst() {
      case "%": expanded += "%"
      case "i": expanded += instance ?? ""
      case "j": expanded += prefix.split(at: "-").last ?? ""
      case "n": expanded += self.text
      case "N": expanded += stem
      case "p": expanded += prefix
      default: return nil
      }
    }
    return expanded + rest
  }
}
