internal import HardenModel

/// What one rule comes to on a machine with two kinds of system calls.
///
/// A rule that names system calls and no architecture would match their numbers on every one of
/// them, where they mean something else; so it becomes one rule for each. System calls that an
/// architecture lacks are left out, since one unknown name keeps every later line out at boot.
package struct AuditVariants: Hashable, Sendable {
  /// One rule in words.
  package struct Variant: Hashable, Sendable {
    /// The words, each option and its argument apart.
    package var words: [String]
    /// The line of a rules file.
    package var line: String { AuditWords.join(words) }
  }

  /// The rules, at most one for each architecture.
  package private(set) var variants: [Variant] = []
  /// System calls that were left out, as `open (b64)`.
  package private(set) var dropped: [String] = []
  /// Whether the rule named no architecture and was given some.
  package private(set) var isExpanded = false
  /// Names that no architecture knows.
  package private(set) var unknown: [String] = []

  /// The variants of the rule in `words` on this machine.
  package init(_ words: [String]) throws(AuditSyntaxError) {
    let options = try AuditWords.options(words)
    let names = options.filter { $0.name == "S" }.flatMap { Self.names($0) }.filter(Self.isName)
    unknown = names.filter { name in
      !AuditNames.machines.contains { AuditNames.syscall(name, on: $0) != nil }
    }
    let given = options.contains { $0.name == "F" && $0.argument?.hasPrefix("arch") == true }
    guard !names.isEmpty, !given else {
      add(options)
      return
    }
    let arches = ["b64", "b32"].filter { AuditNames.machine($0).flatMap(AuditNames.elf) != nil }
    isExpanded = arches.count > 1
    guard isExpanded, let place = options.firstIndex(where: { $0.name == "S" }) else {
      add(options)
      return
    }
    for arch in arches {
      var twin = options
      twin.insert(AuditWords.Option("F", "arch=\(arch)"), at: place)
      add(twin)
    }
  }

  private static func names(_ option: AuditWords.Option) -> [String] {
    (option.argument ?? "").split(at: ",").map(String.init)
  }

  private static func isName(_ name: String) -> Bool {
    name != "all" && !(name.utf8.first.map { (0x30...0x39).contains($0) } ?? true)
  }

  /// Adds the rule without what its architecture lacks; nothing where that leaves no system call.
  private mutating func add(_ options: [AuditWords.Option]) {
    let arch = options.lazy.compactMap { option in
      option.name == "F" && option.argument?.hasPrefix("arch=") == true
        ? option.argument?.dropFirst(5) : nil
    }.first.map(String.init)
    let machine = arch.map(AuditNames.machine) ?? AuditNames.nativeMachine
    var words: [String] = []
    var asked = 0
    var kept = 0
    for option in options {
      var argument = option.argument
      if option.name == "S", let machine {
        let all = Self.names(option)
        let known = all.filter { !Self.isName($0) || AuditNames.syscall($0, on: machine) != nil }
        dropped += all.filter { !known.contains($0) && !unknown.contains($0) }.map {
          "\($0) (\(arch ?? "native"))"
        }
        asked += all.count
        kept += known.count
        if known.isEmpty { continue }
        argument = known.joined(separator: ",")
      }
      words.append(option.name.utf8.count > 1 ? "--\(option.name)" : "-\(option.name)")
      if let argument { words.append(argument) }
    }
    if asked == 0 || kept > 0 { variants.append(Variant(words: words)) }
  }
}
