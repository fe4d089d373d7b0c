/// Changing rows of the account files and no other byte of them: how account steps are undone.
package struct EditRows: Hashable, Sendable, Codable {
  /// The account that the rows are about.
  package var account: Account
  /// The rows.
  package var edits: [RowEdit]
  /// Account files and their backups as they were: a file gets its time back once its bytes are the
  /// old ones, and a backup is replaced.
  package var files: [String: FileState]

  /// `edits` for `account`, and `files` to settle.
  package init(_ account: Account, edits: [RowEdit], files: [String: FileState] = [:]) {
    self.account = account
    self.edits = edits
    self.files = files
  }

  /// What has to be at hand to do it: passwords and backups.
  package var contents: [Digest] {
    let secrets = edits.flatMap(\.after).flatMap(\.fields).compactMap { field in
      if case .secret(let digest) = field { digest } else { nil }
    }
    let backups = AccountFile.allCases.compactMap { file in
      if case .file(let digest)? = files[file.backup]?.form { digest } else { nil }
    }
    return secrets + backups
  }
}

/// What stands under one name in one account file, before and after.
package struct RowEdit: Hashable, Sendable, Codable {
  /// The file.
  package var file: AccountFile
  /// The name in the first field.
  package var name: String
  /// The rows before; none where the name is not there.
  package var before: [AccountRow]
  /// The rows after.
  package var after: [AccountRow]
  /// The row that new ones come behind.
  package var predecessor: String?

  /// The rows of `name` in `file` going from `before` to `after`.
  package init(
    _ file: AccountFile, _ name: String, before: [AccountRow], after: [AccountRow],
    predecessor: String? = nil
  ) {
    self.file = file
    self.name = name
    self.before = before
    self.after = after
    self.predecessor = predecessor
  }
}
