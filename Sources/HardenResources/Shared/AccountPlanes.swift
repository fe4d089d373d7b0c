internal import HardenModel

/// The planes of an account, each a field of one file.
struct AccountPlanes {
  /// The planes so far.
  private(set) var all: [PlaneState] = []
  private let book: AccountBook
  private let name: String

  /// No planes yet of the account `name`, whose rows are in `book`.
  init(_ name: String, in book: AccountBook) {
    self.book = book
    self.name = name
  }

  /// A field that exists and has to be something.
  mutating func compare(
    _ field: String, _ found: String, _ wanted: String, holds: Bool, in file: AccountFile,
    row: String? = nil
  ) {
    let place = Place(file.path, line: book.tables[file]?.line(of: row ?? name))
    all.append(
      PlaneState(
        .file, observed: "\(field) \(found)", wanted: "\(field) \(holds ? found : wanted)",
        holds: holds, observedAt: place, wantedAt: holds ? nil : place))
  }

  /// Says that the account is there, where nothing else is claimed; numbers are no part of it, so
  /// that equal hosts give equal plans.
  mutating func presentIfEmpty(in file: AccountFile) {
    guard all.isEmpty else { return }
    all.append(
      PlaneState(
        .file, observed: "present", wanted: "present", holds: true,
        observedAt: Place(file.path, line: book.tables[file]?.line(of: name))))
  }

  /// A field of an account that is to be made.
  mutating func make(_ text: String, in file: AccountFile) {
    all.append(
      PlaneState(.file, observed: nil, wanted: text, holds: false, wantedAt: Place(file.path)))
  }

  /// An account that is to go.
  mutating func remove(_ text: String, in file: AccountFile) {
    all.append(
      PlaneState(
        .file, observed: text, wanted: nil, holds: false,
        observedAt: Place(file.path, line: book.tables[file]?.line(of: name))))
  }
}
