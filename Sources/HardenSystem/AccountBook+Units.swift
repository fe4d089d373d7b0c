package import HardenModel

/// Rows of the account files with their passwords behind digests.
extension AccountBook {
  /// What stands under `name` in `file`.
  package func unit(_ file: AccountFile, _ name: String) -> AccountUnit {
    let rows = tables[file]?.rows(of: name) ?? []
    return AccountUnit(
      file, name, rows: rows.map { Self.row($0, of: file) },
      predecessor: tables[file]?.predecessor(of: name))
  }

  private static func row(_ fields: [Bytes], of file: AccountFile) -> AccountRow {
    AccountRow(
      zip(0..., fields).map { index, bytes in
        guard index == file.secret, !AccountField.open.contains(bytes.lossy) else {
          return .text(bytes)
        }
        return .secret(Digest(of: bytes.raw))
      })
  }

  /// The passwords in the rows called `name` of `file`, which no row carries.
  package func secrets(_ file: AccountFile, _ name: String) -> [[UInt8]] {
    guard let secret = file.secret else { return [] }
    return (tables[file]?.rows(of: name) ?? []).compactMap { row in
      guard secret < row.count, !AccountField.open.contains(row[secret].lossy) else { return nil }
      return row[secret].raw
    }
  }

  /// Makes the rows of `edit` as they are after it; passwords that change come from `content`.
  package mutating func apply(
    _ edit: RowEdit, content: (Digest) throws(SystemError) -> [UInt8]
  ) throws(SystemError) {
    guard tables[edit.file] != nil else {
      if edit.after.isEmpty { return }
      throw SystemError(refusing: edit.file.path, "the file is gone")
    }
    let current = tables[edit.file]?.rows(of: edit.name) ?? []
    var rows: [[Bytes]] = []
    for (number, row) in edit.after.enumerated() {
      var fields: [Bytes] = []
      for (index, field) in row.fields.enumerated() {
        switch field {
        case .text(let bytes): fields.append(bytes)
        case .secret(let digest):
          let same = current.count > number && current[number].count > index
          if same, Digest(of: current[number][index].raw) == digest {
            fields.append(current[number][index])
          } else {
            fields.append(Bytes(try content(digest)))
          }
        }
      }
      rows.append(fields)
    }
    tables[edit.file]?.replace(edit.name, with: rows, behind: edit.predecessor)
  }
}
