internal import HardenModel
internal import HardenSystem

/// Whether sshd takes a file of keys under StrictModes.
enum KeyFileTrust {
  /// Whether the file at `path`, and each folder up to the home of `account`, is the account's or
  /// root's and can be written by nobody else.
  static func isSafe(
    _ path: String, _ account: AdministratorAccounts.Account, _ host: borrowing Host
  ) -> Bool {
    guard var place = try? host.canonical(path, last: .follow) else { return false }
    let home = try? host.canonical(account.home, last: .follow)
    while true {
      guard let inode = (try? host.inode(place)).flatMap({ $0 }),
        inode.owner == 0 || inode.owner == account.id, inode.mode.bits & 0o022 == 0
      else { return false }
      // What lies above a home is no matter of keys.
      guard place != home, let slash = place.lastIndex(of: "/"), place != "/" else { return true }
      place = slash == place.startIndex ? "/" : String(place[..<slash])
    }
  }
}
