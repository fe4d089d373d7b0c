internal import HardenModel
internal import HardenSystem

/// The before-image of account steps.
enum AccountCapture {
  /// What stands under the names in `keys`, and every account file with its backup as a whole.
  ///
  /// Kept are the passwords of those rows alone, not the file, and the backups, which account tools
  /// overwrite.
  static func take(_ keys: [(AccountFile, String)], on host: borrowing Host) throws(SystemError)
    -> Capture
  {
    let book = try host.readAccountBook()
    var image = AccountImage(
      units: keys.map { file, name in book.unit(file, name) }, files: [:])
    var kept = keys.flatMap { file, name in book.secrets(file, name) }
    for file in AccountFile.allCases {
      let (state, _) = try host.capture(file.path)
      try state.requireUnlocked(file.path)
      image.files[file.path] = state
      let (backup, content) = try host.capture(file.backup)
      image.files[file.backup] = backup
      if backup.isFile { kept.append(content) }
    }
    return Capture(.accounts(image), contents: kept)
  }
}
