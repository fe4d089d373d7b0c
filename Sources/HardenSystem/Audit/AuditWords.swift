internal import HardenModel

/// How auditctl takes a line of a rules file apart.
package enum AuditWords {
  /// The words of `line`: it is split at spaces only; `\ ` is a space and `\\` a backslash.
  ///
  /// A line whose first word begins with `#` has none.
  package static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isOpen = false
    func close() {
      if isOpen { words.append(String(decoding: word, as: UTF8.self)) }
      (word, isOpen) = ([], false)
    }
    var rest = Array(line.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0x20: close()
      case 0x5C where rest.first == 0x20 || rest.first == 0x5C:
        word.append(rest.removeFirst())
        isOpen = true
      default:
        word.append(byte)
        isOpen = true
      }
    }
    close()
    // It makes room for as many words as a line of such a length is thought to have.
    return words.first?.utf8.first == 0x23 ? [] : Array(words.prefix(line.utf8.count / 3 + 1))
  }

  /// One line that is split into `words` again.
  package static func join(_ words: [String]) -> String {
    let line = words.map(escaped).joined(separator: " ")
    // Many short words need a longer line, or the last of them are not taken.
    return line + String(repeating: " ", count: max(0, 3 * (words.count - 1) - line.utf8.count))
  }

  private static func escaped(_ word: String) -> String {
    var bytes: [UInt8] = []
    for byte in word.utf8 {
      if byte == 0x20 || byte == 0x5C { bytes.append(0x5C) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One option with its argument, as getopt(3) finds it.
  package struct Option: Hashable, Sendable {
    /// The letter or the long name, without dashes.
    package var name: String
    /// Its argument; nil for options without.
    package var argument: String?

    /// `name` with `argument`.
    package init(_ name: String, _ argument: String? = nil) {
      self.name = name
      self.argument = argument
    }
  }

  private static let plain = Set("hicslDvt".utf8)
  private static let withArgument = Set("CefrbaAdSFmRwWkpq".utf8)
  private static let long: [String: Bool] = [
    "loginuid-immutable": false, "backlog_wait_time": true, "reset-lost": false,
    "reset_backlog_wait_time_actual": false, "signal": true,
  ]

  /// The options in `words`.
  package static func options(_ words: [String]) throws(AuditSyntaxError) -> [Option] {
    var options: [Option] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.utf8.first == 0x2D, word != "-", word != "--" else {
        throw AuditSyntaxError("'\(word)' belongs to no option")
      }
      if word.hasPrefix("--") {
        options.append(try longOption(word, &rest))
        continue
      }
      var letters = Array(word.utf8.dropFirst())[...]
      while let letter = letters.popFirst() {
        let name = String(Unicode.Scalar(letter))
        if plain.contains(letter) {
          options.append(Option(name))
        } else if withArgument.contains(letter) {
          let attached = String(decoding: letters, as: UTF8.self)
          guard let argument = letters.isEmpty ? rest.popFirst() : attached else {
            throw AuditSyntaxError("-\(name) needs an argument")
          }
          options.append(Option(name, argument))
          letters = []
        } else {
          throw AuditSyntaxError("there is no option -\(name)")
        }
      }
    }
    return options
  }

  private static func longOption(_ word: String, _ rest: inout ArraySlice<String>)
    throws(AuditSyntaxError) -> Option
  {
    let parts = word.dropFirst(2).split(at: "=", maxSplits: 1)
    let given = parts.first.map(String.init) ?? ""
    let known = long.keys.filter { $0 == given }
    let fitting = known.isEmpty ? long.keys.filter { $0.hasPrefix(given) } : known
    guard fitting.count == 1, let name = fitting.first, let takes = long[name] else {
      throw AuditSyntaxError("there is no option \(word)")
    }
    guard takes else { return Option(name) }
    guard let argument = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
      throw AuditSyntaxError("--\(name) needs an argument")
    }
    return Option(name, argument)
  }
}

/// Why a line is none that auditctl takes.
package struct AuditSyntaxError: Error, Hashable, Sendable {
  /// One sentence without a full stop.
  package var message: String

  /// Says `message`.
  package init(_ message: String) { self.message = message }
}
