internal import HardenModel

/// A rule while its options are being read, in the order in which they stand.
///
/// What may stand where is auditctl's: a list before fields, an architecture before system calls, a
/// key only with something that it can belong to; keys are joined and come last.
struct AuditDraft {
  let accounts: AccountNames?
  private var rule: AuditRuleData?
  private var fields: [AuditRuleData.Field] = []
  private var mask = AuditRuleData(list: 0, action: 0)
  private var isDeletion = false
  private var isPrepended = false
  private var isWatch = false
  private var hasSyscall = false
  private var hasKeyTarget = false
  private var elf: UInt32?
  private var keys: [String] = []

  init(accounts: AccountNames?) { self.accounts = accounts }

  private typealias Code = AuditRuleData.Code

  mutating func take(_ option: AuditWords.Option) throws(AuditSyntaxError) {
    let argument = option.argument ?? ""
    switch option.name {
    case "a", "A", "d":
      try begin(argument)
      isPrepended = option.name == "A"
      isDeletion = option.name == "d"
    case "w", "W":
      try watch(argument)
      isDeletion = option.name == "W"
    case "S": try syscalls(argument)
    case "F": try field(argument)
    case "C": try comparison(argument)
    case "p":
      guard rule != nil else { throw AuditSyntaxError("-p needs -w or -a before it") }
      guard !fields.isEmpty else { throw AuditSyntaxError("-p needs something to watch before it") }
      try permissions(argument)
    case "k":
      guard rule != nil, hasSyscall || hasKeyTarget else {
        throw AuditSyntaxError("-k needs a watch or a system call before it")
      }
      try add(key: argument)
    default: throw AuditSyntaxError("-\(option.name) is no part of a rule")
    }
  }

  func finished() throws(AuditSyntaxError) -> AuditLine {
    guard var rule else { throw AuditSyntaxError("it names no list and no action") }
    rule.mask = mask.mask
    if rule.list != Code.task, !hasSyscall { rule.addEverySyscall() }
    rule.fields = fields
    if !keys.isEmpty {
      guard hasSyscall || hasKeyTarget else {
        throw AuditSyntaxError("a key needs a watch or a system call")
      }
      rule.fields.append(.init(Code.key, Code.equal, Array(keys.joined(separator: "\u{1}").utf8)))
    }
    return isDeletion
      ? .delete(rule, isWatch: isWatch)
      : .add(rule, atStart: isPrepended, isWatch: isWatch)
  }

  // MARK: Options

  private mutating func begin(_ argument: String) throws(AuditSyntaxError) {
    guard rule == nil else { throw AuditSyntaxError("one rule has one list and one action") }
    let words = argument.split(at: ",", omittingEmptySubsequences: false).map(String.init)
    if words.contains("task"), hasSyscall {
      throw AuditSyntaxError("the task list knows no system calls")
    }
    let action = { (word: String) -> UInt32? in word == "always" ? 2 : word == "never" ? 0 : nil }
    if words.contains("possible") { throw AuditSyntaxError("the action 'possible' is no more") }
    guard words.count == 2 else {
      throw AuditSyntaxError("'\(argument)' is no action and list, such as always,exit")
    }
    for (one, other) in [(words[0], words[1]), (words[1], words[0])] {
      if let action = action(one), let list = AuditNames.list(other) {
        if list == 2 { throw AuditSyntaxError("the list 'entry' is no more; use exit") }
        rule = AuditRuleData(list: list, action: action)
        return
      }
    }
    throw AuditSyntaxError("'\(argument)' is no action and list, such as always,exit")
  }

  private mutating func watch(_ path: String) throws(AuditSyntaxError) {
    guard rule == nil else { throw AuditSyntaxError("-w cannot be given with a list") }
    guard path.utf8.first == 0x2F else { throw AuditSyntaxError("'\(path)' does not begin with /") }
    var path = path
    if path.utf8.count > 2 {
      while path.utf8.count > 1, path.utf8.last == 0x2F { path.removeLast() }
    }
    guard fields.isEmpty else { throw AuditSyntaxError("-w comes before everything else") }
    rule = AuditRuleData(list: Code.exit, action: 2)
    mask.addEverySyscall()
    fields = [.init(Code.watch, Code.equal, Array(path.utf8)), .init(Code.perm, Code.equal, 15)]
    (hasSyscall, isWatch) = (true, true)
  }

  private mutating func permissions(_ letters: String) throws(AuditSyntaxError) {
    let value = try AuditDraft.permissionBits(letters)
    if let index = fields.firstIndex(where: { $0.code == Code.perm }) {
      fields[index].value = value
    } else {
      fields.append(.init(Code.perm, Code.equal, value))
    }
    hasKeyTarget = true
  }

  private mutating func syscalls(_ argument: String) throws(AuditSyntaxError) {
    switch rule?.list {
    case Code.task?, 0?, 5?, 6?:
      throw AuditSyntaxError("that list knows no system calls")
    default: break
    }
    guard let machine = elf.map(AuditNames.machine(elf:)) ?? AuditNames.nativeMachine else {
      throw AuditSyntaxError("that architecture is not known")
    }
    if elf == nil { elf = AuditNames.elf(machine) }
    for name in argument.split(at: ",") {
      if name == "all" {
        mask.addEverySyscall()
        continue
      }
      let number =
        AuditNames.syscall(String(name), on: machine)
        ?? AuditNumber.unsigned(String(name)).map(Int.init)
      guard let number, mask.add(syscall: number) else {
        throw AuditSyntaxError("there is no system call '\(name)'")
      }
    }
    hasSyscall = true
  }

  private mutating func add(key: String) throws(AuditSyntaxError) {
    keys.append(key)
    guard keys.joined(separator: " ").utf8.count <= 256 else {
      throw AuditSyntaxError("keys are at most 256 bytes long")
    }
  }

  private mutating func field(_ pair: String) throws(AuditSyntaxError) {
    guard let list = rule?.list else { throw AuditSyntaxError("a list comes before -F") }
    if pair.hasPrefix("key=") {
      try add(key: String(pair.dropFirst(4)))
      return
    }
    guard fields.count < 63 else { throw AuditSyntaxError("a rule has at most 64 fields") }
    let reader = AuditFieldReader(list: list, accounts: accounts)
    let field = try reader.read(pair)
    switch field.code {
    case Code.arch:
      guard !hasSyscall else { throw AuditSyntaxError("arch comes before -S") }
      elf = field.value
    case Code.perm, Code.watch, Code.directory, Code.exe, 26: hasKeyTarget = true
    case Code.key:
      guard hasSyscall || hasKeyTarget else {
        throw AuditSyntaxError("a key needs a watch or a system call")
      }
    default: break
    }
    fields.append(field)
  }

  private mutating func comparison(_ pair: String) throws(AuditSyntaxError) {
    guard fields.count < 63 else { throw AuditSyntaxError("a rule has at most 64 fields") }
    let reader = AuditFieldReader(list: rule?.list ?? .max, accounts: accounts)
    fields.append(try reader.readComparison(pair))
  }

  static func permissionBits(_ letters: String) throws(AuditSyntaxError) -> UInt32 {
    guard letters.utf8.count <= 4 else {
      throw AuditSyntaxError("'\(letters)' are too many permissions")
    }
    var bits: UInt32 = 0
    for letter in letters.lowercased() {
      switch letter {
      case "x": bits |= 1
      case "w": bits |= 2
      case "r": bits |= 4
      case "a": bits |= 8
      default: throw AuditSyntaxError("'\(letter)' is none of the permissions r, w, x and a")
      }
    }
    return bits
  }
}
