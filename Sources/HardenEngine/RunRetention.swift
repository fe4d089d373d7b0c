internal import HardenModel
internal import HardenSystem

/// Lets go of runs that nobody can need any more, and of the before-images that were theirs.
///
/// A run stays while it is in effect or unfinished, while it is younger than a day (a plan is good
/// for one run, and records are how that is known), and while a run that stays refers to it.
package struct RunRetention: Sendable {
  /// Runs that ended longer ago go, in seconds.
  package static let age: Int64 = 90 * 86_400
  /// Runs with more newer ones go.
  package static let count = 50

  /// The numbers of the runs that can go, oldest first.
  package static func expired(_ history: History, now: Int64) -> [Int] {
    let newest = Set(history.results.suffix(count).map(\.run))
    var going = Set(
      history.results.filter { result in
        !history.inEffect.contains(result.run) && now - result.ended > 86_400
          && (now - result.ended > age || !newest.contains(result.run))
      }.map(\.run))
    // A rollback and what it undid are known from both records, so both stay or both go.
    let known = Set(history.results.map(\.run))
    let pairs = history.results.flatMap { result in
      Set(result.undoes + result.restored.map(\.run)).intersection(known).map { (result.run, $0) }
    }
    while let pair = pairs.first(where: { going.contains($0) != going.contains($1) }) {
      going.subtract([pair.0, pair.1])
    }
    return going.sorted()
  }

  /// Removes expired runs of `store`, and before-images that no other run names; answers with the
  /// numbers of the removed ones.
  package static func prune(_ store: borrowing RunStore, now: Int64) throws(Failure) -> [Int] {
    guard let lock = try store.lock() else { throw .locked }
    let history = try History(store)
    let going = expired(history, now: now)
    do throws(SystemError) {
      for run in going {
        // A run without its result would pass for an unfinished one, so it goes by its name first.
        try store.state.rename("runs/\(run)", to: "runs/\(removed)\(run)")
      }
      for name in try store.state.names("runs") where name.hasPrefix(removed) {
        for file in try store.state.names("runs/\(name)") {
          try store.state.remove("runs/\(name)/\(file)")
        }
        try store.state.remove("runs/\(name)", isDirectory: true)
      }
      try sweep(store)
    } catch { throw .system(error) }
    _ = consume lock
    return going
  }

  private static let removed = "removed-"

  /// Removes before-images whose digest is in no file of any run.
  private static func sweep(_ store: borrowing RunStore) throws(SystemError) {
    guard let names = try? store.state.names("blobs/sha256") else { return }
    var named: Set<String> = []
    for run in try store.state.names("runs") {
      for file in try store.state.names("runs/\(run)") {
        collect(from: try store.state.contents("runs/\(run)/\(file)") ?? [], into: &named)
      }
    }
    for name in names where !named.contains(name) {
      try store.state.remove("blobs/sha256/\(name)")
    }
  }

  /// Every run of 64 hexadecimal digits, whatever it is there for.
  private static func collect(from bytes: [UInt8], into digests: inout Set<String>) {
    var start = 0
    for (index, byte) in (bytes + [0]).enumerated() {
      let isDigit = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      guard !isDigit else { continue }
      if index - start == 64 {
        digests.insert(String(decoding: bytes[start..<index], as: UTF8.self))
      }
      start = index + 1
    }
  }
}
