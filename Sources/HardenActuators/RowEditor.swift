internal import HardenModel
internal import HardenSystem

/// Puts rows of the account files back, under the lock of the account tools.
enum RowEditor: Actuator {
  static func standing(of order: EditRows, on host: borrowing Host) throws(SystemError) -> Standing
  {
    let book = try host.readAccountBook()
    var isDone = true
    for edit in order.edits {
      let rows = book.unit(edit.file, edit.name).rows
      if rows != edit.after { isDone = false }
      guard rows == edit.after || rows == edit.before else {
        return .neither("the row \(edit.name) of \(edit.file.path) changed")
      }
    }
    for file in AccountFile.allCases {
      guard let was = order.files[file.backup] else { continue }
      if !(try host.capture(file.backup).state.isSame(as: was)) { isDone = false }
    }
    for file in AccountFile.allCases {
      guard let was = order.files[file.path] else { continue }
      let found = try host.capture(file.path).state
      // Where others have edited the file, only the rows are to come back.
      if found.form == was.form, found != was { isDone = false }
    }
    return isDone ? .after : .before
  }

  static func capture(_ order: EditRows, on host: borrowing Host) throws(SystemError) -> Capture {
    try AccountCapture.take(order.edits.map { ($0.file, $0.name) }, on: host)
  }

  static func perform(
    _ order: EditRows, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    try host.editAccounts(settling: order.files, temporary: temporary, content: content) {
      book throws(SystemError) in
      for edit in order.edits {
        let rows = book.unit(edit.file, edit.name).rows
        guard rows != edit.after else { continue }
        guard rows == edit.before else {
          throw SystemError(refusing: edit.file.path, "the row \(edit.name) changed meanwhile")
        }
        try book.apply(edit, content: content)
      }
    }
  }

  static func undo(
    _ order: EditRows, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .accounts(let original) = before else { return Undo() }
    let done: AccountImage? = if case .accounts(let image)? = after { image } else { nil }
    let book = try host.readAccountBook()
    let units = zip(order.edits, original.units).map { edit, unit in
      let now = book.unit(edit.file, edit.name)
      var planned = unit
      planned.rows = edit.after
      return AccountMerge.Sides(
        before: unit, after: done?.unit(edit.file, edit.name) ?? planned, now: now)
    }
    return try AccountMerge(order.account, units).undo(original, done, on: host)
  }

  /// What puts the before-image back whoever has changed the rows since.
  static func force(_ order: EditRows, _ original: AccountImage, on host: borrowing Host)
    throws(SystemError) -> [Step]
  {
    let book = try host.readAccountBook()
    let units = original.units.map { unit in
      let now = book.unit(unit.file, unit.name)
      return AccountMerge.Sides(before: unit, after: now, now: now)
    }
    return try AccountMerge(order.account, units).undo(original, nil, on: host).steps
  }
}
