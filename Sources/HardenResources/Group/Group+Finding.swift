package import HardenCore
internal import HardenModel
package import HardenSystem

extension Group: FindableKind {
  package static func mistake(in pattern: String) -> String? { FoundAccounts.mistake(in: pattern) }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    let book = try host.accountBook()
    let found = book.groups.filter { matches($0.name, pattern) }.map { group in
      book.group(group.name) == group
        ? Found(
          group.name,
          [
            FoundField("name", .text(group.name)), FoundField("gid", .number("\(group.id)")),
            FoundAccounts.names("members", group.members),
          ]) : Found(group.name, obstacle: "an earlier row has its name")
    }
    return Findings(found)
  }
}
