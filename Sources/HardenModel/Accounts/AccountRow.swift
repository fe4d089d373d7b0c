/// A row of an account file as plans and journals carry it: without passwords.
package struct AccountRow: Hashable, Sendable, Codable {
  /// Its fields, in the order of the file.
  package var fields: [AccountField]

  /// A row of `fields`.
  package init(_ fields: [AccountField]) { self.fields = fields }
}

/// One field of a row.
package enum AccountField: Hashable, Sendable {
  /// Its text.
  case text(Bytes)
  /// A password, by the digest of what stands there; the bytes are kept with the before-images.
  case secret(Digest)

  /// What stands for a password that nobody has, which is no secret.
  package static let open: Set<String> = ["", "x", "*", "!", "!!", "!*"]

  /// As people may read it.
  package var shown: String {
    switch self {
    case .text(let bytes): bytes.lossy
    case .secret: "(hidden)"
    }
  }
}

extension AccountField: Codable {
  private enum CodingKeys: String, CodingKey { case secret }

  package init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CodingKeys.self),
      let digest = try container.decodeIfPresent(Digest.self, forKey: .secret)
    {
      self = .secret(digest)
    } else {
      self = .text(try Bytes(from: decoder))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .text(let bytes): try bytes.encode(to: encoder)
    case .secret(let digest):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(digest, forKey: .secret)
    }
  }
}

/// What stands under one name in one account file.
package struct AccountUnit: Hashable, Sendable, Codable {
  /// The file.
  package var file: AccountFile
  /// The name in the first field.
  package var name: String
  /// The rows; none where the name is not there.
  package var rows: [AccountRow]
  /// The name of the row before them, so that they come back to their place.
  package var predecessor: String?

  /// `rows` of `name` in `file`.
  package init(_ file: AccountFile, _ name: String, rows: [AccountRow], predecessor: String?) {
    self.file = file
    self.name = name
    self.rows = rows
    self.predecessor = predecessor
  }
}

/// What an account step saw of the account files: the rows that it may change, and the files.
package struct AccountImage: Hashable, Sendable, Codable {
  /// The account's own rows, and those of groups that the step is about.
  package var units: [AccountUnit]
  /// Each account file and its backup, by path.
  package var files: [String: FileState]

  /// An image; see the properties.
  package init(units: [AccountUnit], files: [String: FileState]) {
    self.units = units
    self.files = files
  }

  /// The unit of `name` in `file`.
  package func unit(_ file: AccountFile, _ name: String) -> AccountUnit? {
    units.first { $0.file == file && $0.name == name }
  }
}
