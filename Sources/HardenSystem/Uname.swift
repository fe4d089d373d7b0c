internal import CHarden

/// What uname(2) says of the kernel that runs.
struct Uname {
  let release: String
  let machine: String
  let node: String

  /// What it said when somebody first asked.
  ///
  /// The corresponding system call is `uname`; it cannot fail with a valid buffer.
  static let current: Uname = {
    var release = [CChar](repeating: 0, count: 65)
    var machine = release
    var node = release
    _ = unsafe charden_uname(&release, &machine, &node)
    return Uname(release: text(release), machine: text(machine), node: text(node))
  }()

  private static func text(_ characters: [CChar]) -> String {
    String(
      decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
