internal import HardenModel
internal import HardenSystem

/// Who would be locked out by a change of accounts.
struct AccountRisks {
  /// One sentence for each, with the account.
  private(set) var sentences: [String] = []
  /// What a reader should know besides.
  private(set) var notes: [String] = []

  /// Compares who can administer `host` as it is with who can once `order` is done.
  ///
  /// On a planned host, the other steps of the plan count as done.
  init(_ order: EditAccount, on host: borrowing Host) throws(SystemError) {
    let today = Int(CurrentProcess.time / 86_400)
    let actual = try host.actual()
    let before = try Administrators(try actual.readAccountBook(), on: actual, today: today)
    var book = try host.readAccountBook()
    _ = try? book.apply(order, try host.accountPolicy(), today: today)
    let after = try Administrators(book, on: host, today: today)
    let lost = before.names.subtracting(after.names)
    if !lost.isEmpty, after.people.isEmpty {
      sentences.append(
        "nobody could log in and become root any more; now \(Self.list(lost)) can")
    } else if let caller = Self.caller(host), lost.contains(caller) {
      sentences.append("\(caller), who has logged in to run this, could not become root any more")
    }
    guard before.opensConsole("root"), !after.opensConsole("root") else { return }
    let shell = try RescueShell(host)
    if !after.people.contains(where: \.hasPassword), !after.people.isEmpty, !shell.isForced {
      sentences.append(
        "root could not log in at the console any more, and no other administrator has a password"
      )
    }
    try findShell(shell, book, host)
  }

  /// What is left of a boot that stops once root has no password: sulogin takes no other account's.
  private mutating func findShell(
    _ shell: RescueShell, _ book: AccountBook, _ host: borrowing Host
  ) throws(SystemError) {
    guard book.isLocked("root"), !shell.closed.isEmpty else { return }
    let way = "\(RescueShell.variable)=1 in the environment of those units"
    if let path = try RescueShell.bootChange(on: host) {
      sentences.append(
        "\(shell.lacking) would give root no shell any more, and this plan changes \(path), by which a "
          + "boot may stop there; do one after the other, or set \(way)")
    } else {
      notes.append(
        "a boot that stops has no shell then: \(shell.lacking) would ask for root's password; whoever "
          + "is at the console gets one with \(way)")
    }
  }

  private static func list(_ names: Set<String>) -> String {
    names.sorted().joined(separator: " and ")
  }

  /// The name of the user who logged in, whoever that has become since.
  private static func caller(_ host: borrowing Host) -> String? {
    guard host.isLive, let id = CurrentProcess.identifier("loginuid"),
      case .name(let name)? = (try? host.accounts())?.user(id)
    else { return nil }
    return name
  }
}

/// What runs as an account whose password or whole account would come to an end.
enum ServiceUse {
  /// One sentence that names it; nil when nothing does.
  ///
  /// An account that has ended, or whose password has, is refused by PAM to cron and to services that
  /// open a session.
  static func sentence(_ name: String, ending what: String, on host: borrowing Host)
    throws(SystemError) -> String?
  {
    for folder in ["/var/spool/cron/crontabs", "/var/spool/cron"] {
      guard let inode = try? host.inode("\(folder)/\(name)"), inode.form == .file else { continue }
      return "\(what) would stop its cron jobs (\(folder)/\(name)) on that day"
    }
    for folder in ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"] {
      for unit in (try? host.entries(folder)) ?? [] where unit.hasSuffix(".service") {
        guard let text = (try? host.text("\(folder)/\(unit)")).flatMap({ $0 }) else { continue }
        if text.split(at: "\n").contains("User=\(name)") {
          return "\(what) would stop \(unit), which runs as it (\(folder)/\(unit)), on that day"
        }
      }
    }
    guard host.isLive, let id = try host.accounts().user(.name(name)) else { return nil }
    return host.processes(of: id).first.map {
      "\(what) would lock out what runs as it: \($0)"
    }
  }
}
