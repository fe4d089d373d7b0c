internal import HardenModel
internal import HardenSystem

/// Puts account rows back as far as nobody has changed them since: row by row, and within a row that
/// was only changed, field by field and member by member.
struct AccountMerge {
  /// One unit before a step, after it, and now.
  struct Sides {
    var before: AccountUnit
    var after: AccountUnit?
    var now: AccountUnit
  }

  private let account: Account
  private var edits: [RowEdit] = []
  private var conflicts: [Conflict] = []
  /// Whether a row that was made or removed as a whole is somebody else's now.
  private var isLost = false

  init(_ account: Account, _ units: [Sides]) {
    self.account = account
    for sides in units { merge(sides) }
  }

  /// What undoing takes, with the files that get their times and backups back.
  func undo(_ original: AccountImage, _ done: AccountImage?, on host: borrowing Host)
    throws(SystemError) -> Undo
  {
    // Half an account is worse than all of it.
    if isLost { return Undo(conflicts: conflicts) }
    let files = try settled(original, done, on: host)
    if edits.isEmpty, files.isEmpty { return Undo(conflicts: conflicts) }
    return Undo(
      [.editRows(EditRows(account, edits: edits, files: files))], conflicts: conflicts)
  }

  private mutating func merge(_ sides: Sides) {
    let (before, after, now) = (sides.before.rows, sides.after?.rows ?? [], sides.now.rows)
    if now == before { return }
    if now == after {
      edit(sides, before)
    } else if before.count == 1, after.count == 1, now.count == 1,
      before[0].fields.count == now[0].fields.count, after[0].fields.count == now[0].fields.count
    {
      var row = now[0]
      for field in row.fields.indices {
        if let value = value(before[0], after[0], now[0], field, sides.now) {
          row.fields[field] = value
        }
      }
      if row != now[0] { edit(sides, [row]) }
    } else {
      if before != after {
        isLost = isLost || sides.before.name == account.name
        conflicts.append(
          Conflict(
            "\(sides.now.file.path): \(sides.now.name)", before: Self.text(before),
            after: Self.text(after), found: Self.text(now)))
      }
    }
  }

  private mutating func edit(_ sides: Sides, _ rows: [AccountRow]) {
    edits.append(
      RowEdit(
        sides.now.file, sides.now.name, before: sides.now.rows, after: rows,
        predecessor: sides.before.predecessor))
  }

  /// What the field is to be; nil after a conflict.
  private mutating func value(
    _ before: AccountRow, _ after: AccountRow, _ now: AccountRow, _ field: Int, _ unit: AccountUnit
  ) -> AccountField? {
    let (was, done, found) = (before.fields[field], after.fields[field], now.fields[field])
    if was == done || found == was { return found }
    if found == done { return was }
    if unit.file.lists.contains(field), case .text(let was) = was, case .text(let done) = done,
      case .text(let found) = found
    {
      let added = Set(done.list).subtracting(was.list)
      let removed = was.list.filter { !done.list.contains($0) && !found.list.contains($0) }
      return .text(Bytes(list: found.list.filter { !added.contains($0) } + removed))
    }
    conflicts.append(
      Conflict(
        "\(unit.file.path): \(unit.file.fields[field]) of \(unit.name)", before: was.shown,
        after: done.shown, found: found.shown))
    return nil
  }

  private static func text(_ rows: [AccountRow]) -> String {
    rows.isEmpty ? "absent" : rows.count == 1 ? "one row" : "\(rows.count) rows"
  }

  /// Files whose bytes come back and backups that nobody has changed since the step.
  private func settled(
    _ original: AccountImage, _ done: AccountImage?, on host: borrowing Host
  ) throws(SystemError) -> [String: FileState] {
    var files: [String: FileState] = [:]
    for file in AccountFile.allCases {
      let (path, backup) = (file.path, file.backup)
      if let was = original.files[path], was.isFile, was != done?.files[path] {
        let found = try host.capture(path).state
        let isOurs = done?.files[path].map { $0.attributes == found.attributes } ?? true
        if isOurs, found != was,
          edits.contains(where: { $0.file == file }) || found.form == was.form
        {
          files[path] = was
        }
      }
      guard let was = original.files[backup], was != done?.files[backup] else { continue }
      let found = try host.capture(backup).state
      let isOurs =
        done?.files[backup].map { found.isSame(as: $0) }
        ?? (found.form == original.files[path]?.form)
      if isOurs, found != was { files[backup] = was }
    }
    return files
  }
}
