/// Our own file below `/etc/audit/rules.d`: a header, then a comment and a line for each unit.
///
/// A unit is a rule, named by its line, or a setting, named by its option. Order counts: settings
/// stand before rules, rules in the order of the playbook.
package struct AuditFile {
  /// Where it is: behind every other name, so that its settings win and its rules stand last.
  package static let path = "/etc/audit/rules.d/zz-harden.rules"
  /// What the file begins with.
  package static let header = """
    # Written by harden; each line belongs to the control named above it.
    # Change the playbook, not this file: what is edited here is reported as drift.

    """

  /// What was taken out leaves a gap, so that the others keep their places.
  private var items: [OwnFile.Part?] = []
  private var places: [String: Int] = [:]

  /// Takes `content` apart; lines that belong to no unit stay where they are.
  package init(_ content: [UInt8]) {
    items = OwnFile.parts(content, header: Self.header) { line in
      guard line.first == UInt8(ascii: "-") else { return nil }
      return Self.unit(ofLine: String(decoding: line, as: UTF8.self))
    }
    self.index(from: 0)
  }

  /// Notes where the units from `start` on stand; the first of several with one name counts.
  private mutating func index(from start: Int) {
    for index in items.indices[start...].reversed() {
      if let unit = items[index]?.unit, places[unit].map({ $0 >= start }) ?? true {
        places[unit] = index
      }
    }
  }

  /// The name of the unit that `line` is.
  package static func unit(ofLine line: String) -> String {
    let option = String(line.prefix { $0 != " " })
    return AuditStatus.Setting.allCases.contains { $0.option == option } ? option : line
  }

  /// The text of a unit: its comment and its line.
  package static func block(_ line: String, playbook: String, control: String) -> String {
    OwnFile.block(line, playbook: playbook, control: control)
  }

  /// The names of the units in order.
  package var units: [String] { items.compactMap { $0?.unit } }

  /// The text of `unit`; nil when it is not there.
  package func block(_ unit: String) -> String? {
    places[unit].flatMap { items[$0] }.map { OwnFile.text($0.lines) }
  }

  /// The line, counted from 1, on which `unit` itself stands.
  package func line(of unit: String) -> Int? {
    places[unit].map { items[...$0].reduce(0) { $0 + ($1?.lines.count ?? 0) } }
  }

  /// Makes `edit`; a unit that is there already stays where it is unless it has to be behind
  /// another one.
  package mutating func apply(_ edit: UnitEdit) {
    guard standing(of: edit) != .after else { return }
    let index = places[edit.unit]
    guard let after = edit.after else {
      remove(edit.unit)
      return
    }
    let item = OwnFile.Part(unit: edit.unit, lines: FileLines(Array(after.utf8)).lines)
    if let index, stands(index, behind: edit.behind) {
      items[index] = item
      return
    }
    remove(edit.unit)
    let anchor = edit.behind.flatMap { places[$0] }
    let isSetting = edit.unit.utf8.count == 2
    let usual = isSetting ? items.firstIndex { ($0?.unit?.utf8.count ?? 0) > 2 } : nil
    let place = anchor.map { $0 + 1 } ?? usual ?? items.count
    items.insert(item, at: place)
    self.index(from: place)
  }

  private mutating func remove(_ unit: String) {
    guard let index = places.removeValue(forKey: unit) else { return }
    items[index] = nil
    // Another one of that name comes to light.
    places[unit] = items.firstIndex { $0?.unit == unit }
  }

  /// How `edit` stands.
  package func standing(of edit: UnitEdit) -> UnitStanding {
    let block = block(edit.unit)
    let isPlaced = places[edit.unit].map { stands($0, behind: edit.behind) }
    if block == edit.after, isPlaced ?? true { return .after }
    return block == edit.before ? .before : .neither
  }

  private func stands(_ index: Int, behind unit: String?) -> Bool {
    unit.flatMap { places[$0] }.map { $0 < index } ?? true
  }

  /// The file's bytes.
  package var content: [UInt8] {
    OwnFile.content(items.flatMap { $0?.lines ?? [] })
  }
}
