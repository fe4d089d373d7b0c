internal import CHarden
internal import Glibc
internal import HardenModel

extension Host {
  /// The type of process that may not do it, where the SELinux policy in force lets what `program`
  /// becomes, when the first process starts it, not use `permission` on the file of class `kind` at
  /// `path`; nil where it may, and where nobody can say.
  ///
  /// What security_compute_create(3) and security_compute_av(3) ask, by writes into files of
  /// selinuxfs that change nothing.
  package func selinuxDenies(
    _ program: String, _ permission: String, on kind: String, at path: String
  ) throws(SystemError) -> SELinuxDenial? {
    guard isLive, try selinux(nil) != nil, planned.domains.isEmpty,
      !planned.selinux.keys.contains(where: { $0 != nil })
    else { return nil }
    guard let starter = try text("/proc/1/attr/current").map(SELinuxQuestion.word),
      let file = try label(program), let target = try label(path),
      let process = try number("process/index"), let place = try number("\(kind)/index"),
      let bit = try number("\(kind)/perms/\(permission)"), (1...32).contains(bit),
      case .words(let domain) = SELinuxQuestion.ask("create", "\(starter) \(file) \(process)"),
      case .words(let access) = SELinuxQuestion.ask("access", "\(domain) \(target) \(place)")
    else { return nil }
    return SELinuxQuestion.allows(access, bit: bit) == false
      ? SELinuxDenial(domain: SELinuxQuestion.type(domain), target: SELinuxQuestion.type(target))
      : nil
  }

  private func label(_ path: String) throws(SystemError) -> String? {
    try xattrs(canonical(path, last: .follow))[Self.labelAttribute].map {
      SELinuxQuestion.word(String(decoding: $0.raw, as: UTF8.self))
    }
  }

  /// A number that selinuxfs has for a class or one of its permissions.
  private func number(_ name: String) throws(SystemError) -> Int? {
    try text("/sys/fs/selinux/class/\(name)").flatMap { Int(SELinuxQuestion.word($0)) }
  }
}

/// What a policy does not let a process do to a file.
package struct SELinuxDenial: Hashable, Sendable {
  /// The type of the process, `mount_t`.
  package let domain: String
  /// The type of the file, `lib_t`.
  package let target: String
}

/// A question that the kernel's policy answers, changing nothing.
enum SELinuxQuestion {
  /// Where each file takes one kind of question; a sealed planner may write into three of them.
  private static let folder = "/sys/fs/selinux"

  /// What came of it.
  enum Answer: Hashable {
    /// The kernel's words.
    case words(String)
    /// The policy knows nothing of the kind.
    case unknown
    /// There was nobody to ask.
    case none
  }

  /// Writes `words` into the file `name`, and reads what it answers.
  static func ask(_ name: String, _ words: String) -> Answer {
    let opened = unsafe charden_openat2(
      AT_FDCWD, "\(folder)/\(name)", UInt64(O_RDWR | O_CLOEXEC), 0, 0)
    guard opened >= 0 else { return .none }
    let file = OwnedDescriptor(opened)
    let question = Array(words.utf8) + [0]
    guard unsafe write(file.number, question, question.count) >= 0 else { return .unknown }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(file.number, &bytes, bytes.count)
    return count < 0 ? .none : .words(word(String(decoding: bytes.prefix(count), as: UTF8.self)))
  }

  /// Whether an answer of `access` (allowed, decided, audited, not audited, number, flags) has `bit`,
  /// counted from one, or the process is of a permissive type; nil where it is no such answer.
  static func allows(_ answer: String, bit: Int) -> Bool? {
    let fields = answer.split(at: " ")
    guard fields.count >= 5, let allowed = UInt32(fields[0], radix: 16) else { return nil }
    let flags = fields.count > 5 ? UInt32(fields[5], radix: 16) ?? 0 : 0
    return allowed & 1 << UInt32(bit - 1) != 0 || flags & 1 != 0
  }

  /// `text` without what ends it.
  static func word(_ text: String) -> String { String(text.prefix { $0 != "\0" && $0 != "\n" }) }

  /// The type that a label names.
  static func type(_ label: String) -> String {
    label.split(at: ":").dropFirst(2).first.map(String.init) ?? label
  }
}
