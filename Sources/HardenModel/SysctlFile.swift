/// Our own drop-in for kernel parameters: a header, then a comment and an assignment for each key.
///
/// Keys whose writing changes others stand before those, and `default` before the interfaces that
/// follow it; the rest is sorted, so that equal content is equal bytes.
package struct SysctlFile {
  /// What the file begins with.
  package static let header = """
    # Written by harden; each value belongs to the control named above it.
    # Change the playbook, not this file: what is edited here is reported as drift.

    """

  /// A block of ours, or one line that is not.
  private struct Item {
    var key: String?
    var lines: [[UInt8]]
    var rank: (Int, String)?

    init(key: String? = nil, lines: [[UInt8]]) {
      self.key = key
      self.lines = lines
      rank = key.map(SysctlFile.rank)
    }
  }
  private var items: [Item] = [] { didSet { places = Self.places(of: items) } }
  private var places: [String: (item: Int, line: Int)] = [:]

  /// Reads `content`; lines that belong to no block stay where they are.
  package init(_ content: [UInt8]) {
    items = OwnFile.parts(content, header: Self.header, unit: Self.key).map {
      Item(key: $0.unit, lines: $0.lines)
    }
    places = Self.places(of: items)
  }

  /// For each key its first block and the number of that block's last line.
  private static func places(of items: [Item]) -> [String: (item: Int, line: Int)] {
    var places: [String: (item: Int, line: Int)] = [:]
    var line = 0
    for (index, item) in items.enumerated() {
      line += item.lines.count
      if let key = item.key, places[key] == nil { places[key] = (index, line) }
    }
    return places
  }

  /// The unit text of a key: its comment line and its assignment.
  package static func block(_ key: SysctlKey, value: String, playbook: String, control: String)
    -> String
  { OwnFile.block("\(key.name) = \(value)", playbook: playbook, control: control) }

  private static func key(of line: [UInt8]) -> String? {
    guard let equals = line.firstIndex(of: 0x3D), let first = line.first, first != 0x23 else {
      return nil
    }
    let name = String(decoding: line[..<equals], as: UTF8.self)
    return SysctlKey(name: name.filter { $0 != " " && $0 != "\t" }).path
  }

  /// The block of the key at path `key`; nil when there is none.
  package func block(_ key: String) -> String? {
    places[key].map { OwnFile.text(items[$0.item].lines) }
  }

  /// The line, counted from 1, on which the assignment of `key` stands.
  package func line(of key: String) -> Int? { places[key]?.line }

  /// Puts each edit's block in the place of its key's own, or takes that out; a new one stands
  /// before the first that sorts behind it.
  package mutating func apply(_ edits: [UnitEdit]) {
    var changed = items
    var gone: Set<Int> = []
    var new: [String: Item] = [:]
    for edit in edits {
      let lines = edit.after.map { FileLines(Array($0.utf8)).lines }
      if let place = places[edit.unit] {
        if let lines { changed[place.item].lines = lines } else { gone.insert(place.item) }
      } else {
        new[edit.unit] = lines.map { Item(key: edit.unit, lines: $0) }
      }
    }
    var waiting = new.values.sorted { Self.precedes($0, $1) }[...]
    var merged: [Item] = []
    for (index, item) in changed.enumerated() where !gone.contains(index) {
      while let next = waiting.first, Self.precedes(next, item) {
        merged.append(waiting.removeFirst())
      }
      merged.append(item)
    }
    items = merged + waiting
  }

  private static func precedes(_ left: Item, _ right: Item) -> Bool {
    guard let left = left.rank, let right = right.rank else { return false }
    return left < right
  }

  private static func rank(_ key: String) -> (Int, String) {
    let key = SysctlKey(path: key)
    return (key.isForwarding ? 0 : key.affected.isEmpty ? 2 : 1, key.path)
  }

  /// The file's bytes.
  package var content: [UInt8] {
    OwnFile.content(items.flatMap(\.lines))
  }
}
