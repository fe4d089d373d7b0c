internal import HardenModel
internal import HardenSystem

/// Whom a Match of sshd_config(5) means.
enum ServerMatch {
  /// Whether the line `section` means `account` wherever it comes from: one that asks for an address,
  /// a host or the like means it only sometimes, and counts for nobody.
  static func means(_ section: String, _ account: AdministratorAccounts.Account) -> Bool {
    let words = section.split { " \t=\"".contains($0) }.dropFirst().map(String.init)
    if words.count == 1 { return words[0].lowercased() == "all" }
    guard !words.isEmpty, words.count.isMultiple(of: 2) else { return false }
    return stride(from: 0, to: words.count, by: 2).allSatisfy { index in
      let patterns = words[index + 1].replacing(",", by: " ")
      return switch words[index].lowercased() {
      case "user": ServerAccess.matches(patterns, [account.name])
      case "group": ServerAccess.matches(patterns, account.groups)
      default: false
      }
    }
  }
}
