internal import HardenModel

extension Host {
  /// Lays over what an account step would make of the account files; a number that nobody knows yet
  /// is the one that account tools would choose.
  mutating func plan(_ order: EditAccount) throws(SystemError) {
    let before = try readAccountBook()
    var after = before
    // What cannot be made stays missing, and the resource then says why.
    guard (try? after.apply(order, try accountPolicy(), today: 0)) != nil else { return }
    try plan(after, over: before)
  }

  /// Lays over what putting rows back would make of the account files.
  mutating func plan(_ order: EditRows, contents: [Digest: [UInt8]]) throws(SystemError) {
    let before = try readAccountBook()
    var after = before
    for edit in order.edits {
      try after.apply(edit) { contents[$0] ?? [0x21] }
    }
    try plan(after, over: before)
    for file in AccountFile.allCases {
      guard let state = order.files[file.backup] else { continue }
      let path = try canonical(file.backup)
      var planned = PlannedState.PlannedFile()
      if case .file(let digest) = state.form {
        planned.content = contents[digest]
        planned.inode = try inode(path, orNew: .file, state.attributes)
        planned.xattrs = state.attributes.xattrs
      }
      self.planned.set(path, to: planned)
    }
  }

  private mutating func plan(_ after: AccountBook, over before: AccountBook) throws(SystemError) {
    for (file, table) in after.tables where table != before.tables[file] {
      let path = try canonical(file.path)
      var planned = PlannedState.PlannedFile()
      planned.content = table.content
      planned.inode = try inode(path)
      planned.xattrs = try plannedXattrs(path)
      self.planned.set(path, to: planned)
    }
  }
}
