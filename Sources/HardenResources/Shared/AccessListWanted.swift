package import HardenCore
package import HardenModel
internal import HardenSystem

/// The named entries that an access control list should have; none removes the list.
package struct AccessListWanted: Hashable, Sendable, Codable {
  /// One entry as a playbook writes it, `u:NAME:rwx`, `g:NAME:rwx` or `g::rwx`.
  package struct Entry: Hashable, Sendable, Codable {
    /// Whether it is about a group.
    package var isGroup: Bool
    /// Who; nil for the owning group.
    package var name: Principal?
    /// Read 4, write 2, execute 1.
    package var permissions: UInt16
  }

  /// The entries in the order written.
  package var entries: [Entry]

  /// The list and the mode that an inode gets; or why it cannot.
  ///
  /// The group bits of the mode are the list's mask. Where the playbook names a mode, that is the
  /// mask; else it is what the entries need.
  func applied(
    to list: AccessList?, mode: Mode, isModeWanted: Bool, _ accounts: AccountNames
  ) -> Result<(list: AccessList?, mode: Mode), Refusal> {
    let group = list.map { $0.permissions(.owningGroup) ?? 0 } ?? mode.bits >> 3 & 7
    guard !entries.isEmpty else {
      guard let list, !isModeWanted else { return .success((nil, mode)) }
      let effective = group & (list.permissions(.mask) ?? 7)
      return .success((nil, Mode(mode.bits & 0o7707 | effective << 3)))
    }
    var result: [AccessList.Entry] = []
    for entry in entries {
      guard let name = entry.name else {
        result.append(AccessList.Entry(tag: .owningGroup, permissions: entry.permissions))
        continue
      }
      guard let id = entry.isGroup ? accounts.group(name) : accounts.user(name) else {
        return .failure(Refusal("there is no \(entry.isGroup ? "group" : "user") '\(name)'"))
      }
      result.append(
        AccessList.Entry(
          tag: entry.isGroup ? .group : .user, id: id, permissions: entry.permissions))
    }
    if !result.contains(where: { $0.tag == .owningGroup }) {
      result.append(AccessList.Entry(tag: .owningGroup, permissions: group))
    }
    let needed = result.reduce(0) { $0 | $1.permissions }
    let mask = isModeWanted ? mode.bits >> 3 & 7 : needed
    let named = AccessList(result).named
    guard named & ~mask == 0 else {
      return .failure(
        Refusal(
          "mode \(mode) lets the ACL grant \(AccessList.text(mask)) at most, and it asks for \(AccessList.text(named))"
        ))
    }
    result += [
      AccessList.Entry(tag: .owner, permissions: mode.bits >> 6 & 7),
      AccessList.Entry(tag: .mask, permissions: mask),
      AccessList.Entry(tag: .other, permissions: mode.bits & 7),
    ]
    return .success((AccessList(result), Mode(mode.bits & 0o7707 | mask << 3)))
  }
}

/// Why something is not done, in one sentence.
struct Refusal: Error, Hashable, Sendable {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

extension AccessListWanted: FieldValue {
  package static var shape: Shape {
    .pattern(
      "^(none|[ug](ser|roup)?:[^:,]*:[rwx-]+(,[ug](ser|roup)?:[^:,]*:[rwx-]+)*)$",
      example: "u:backup:r")
  }

  package static func read(_ node: Node, _ reading: inout Reading) -> AccessListWanted? {
    guard let text = reading.text(node, expected: "entries of an ACL, or none") else { return nil }
    if text == "none" { return AccessListWanted(entries: []) }
    var entries: [Entry] = []
    for part in text.split(at: ",", omittingEmptySubsequences: false) {
      guard let entry = Entry(part.filter { $0 != " " }) else {
        reading.report(
          Diagnostic(
            .wrongValue, "'\(part)' is no entry of an ACL", at: node.range,
            help: "write u:NAME:rwx, g:NAME:rwx or g::rwx; mode says the rest"))
        return nil
      }
      entries.append(entry)
    }
    guard entries.contains(where: { $0.name != nil }) else {
      reading.report(
        Diagnostic(
          .wrongValue, "an ACL without a named user or group says no more than a mode",
          at: node.range, help: "use mode, or name a user or group"))
      return nil
    }
    let subjects = entries.map { "\($0.isGroup) \($0.name.map(\.description) ?? "")" }
    guard Set(subjects).count == subjects.count else {
      reading.report(Diagnostic(.wrongValue, "the ACL names somebody twice", at: node.range))
      return nil
    }
    return AccessListWanted(entries: entries)
  }
}

extension AccessListWanted.Entry {
  init?(_ text: String) {
    let fields = text.split(at: ":", omittingEmptySubsequences: false)
    guard fields.count == 3, ["u", "user", "g", "group"].contains(fields[0]) else { return nil }
    isGroup = fields[0].first == "g"
    guard isGroup || !fields[1].isEmpty else { return nil }
    name = fields[1].isEmpty ? nil : UInt32(fields[1]).map(Principal.id) ?? .name(String(fields[1]))
    permissions = 0
    for letter in fields[2] {
      switch letter {
      case "r": permissions |= 4
      case "w": permissions |= 2
      case "x": permissions |= 1
      case "-": break
      default: return nil
      }
    }
    guard !fields[2].isEmpty else { return nil }
  }
}
