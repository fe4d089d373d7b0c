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

  private struct Item {
    var unit: String?
    var lines: [[UInt8]]
  }
  private var items: [Item] = []

  /// Takes `content` apart; lines that belong to no unit stay where they are.
  package init(_ content: [UInt8]) {
    let lines = FileLines(content.isEmpty ? Array(Self.header.utf8) : content).lines
    var index = 0
    while index < lines.count {
      if lines[index].starts(with: Array(Self.tag.utf8)), index + 1 < lines.count,
        lines[index + 1].first == UInt8(ascii: "-")
      {
        let unit = Self.unit(ofLine: String(decoding: lines[index + 1], as: UTF8.self))
        items.append(Item(unit: unit, lines: Array(lines[index...index + 1])))
        index += 2
      } else {
        items.append(Item(unit: nil, lines: [lines[index]]))
        index += 1
      }
    }
  }

  private static let tag = "# harden: "

  /// The name of the unit that `line` is.
  package static func unit(ofLine line: String) -> String {
    let option = String(line.prefix { $0 != " " })
    return AuditStatus.Setting.allCases.contains { $0.option == option } ? option : line
  }

  /// The text of a unit: its comment and its line.
  package static func block(_ line: String, playbook: String, control: String) -> String {
    "\(tag)\(playbook)/\(control)\n\(line)"
  }

  /// The names of the units in order.
  package var units: [String] { items.compactMap(\.unit) }

  /// The text of `unit`; nil when it is not there.
  package func block(_ unit: String) -> String? {
    items.first { $0.unit == unit }.map {
      String(decoding: Array($0.lines.joined(separator: [0x0A])), as: UTF8.self)
    }
  }

  /// The line, counted from 1, on which `unit` itself stands.
  package func line(of unit: String) -> Int? {
    items.firstIndex { $0.unit == unit }.map { items[...$0].reduce(0) { $0 + $1.lines.count } }
  }

  /// Makes `edit`; a unit that is there already stays where it is unless it has to be behind
  /// another one.
  package mutating func apply(_ edit: UnitEdit) {
    guard standing(of: edit) != .after else { return }
    let index = items.firstIndex { $0.unit == edit.unit }
    guard let after = edit.after else {
      if let index { items.remove(at: index) }
      return
    }
    let item = Item(unit: edit.unit, lines: FileLines(Array(after.utf8)).lines)
    if let index, stands(index, behind: edit.behind) {
      items[index] = item
      return
    }
    if let index { items.remove(at: index) }
    let anchor = edit.behind.flatMap { unit in items.firstIndex { $0.unit == unit } }
    let isSetting = edit.unit.utf8.count == 2
    let usual = isSetting ? items.firstIndex { ($0.unit?.utf8.count ?? 0) > 2 } : nil
    items.insert(item, at: anchor.map { $0 + 1 } ?? usual ?? items.count)
  }

  /// How `edit` stands.
  package func standing(of edit: UnitEdit) -> UnitStanding {
    let block = block(edit.unit)
    let isPlaced = items.firstIndex { $0.unit == edit.unit }.map { stands($0, behind: edit.behind) }
    if block == edit.after, isPlaced ?? true { return .after }
    return block == edit.before ? .before : .neither
  }

  private func stands(_ index: Int, behind unit: String?) -> Bool {
    unit.flatMap { unit in items.firstIndex { $0.unit == unit } }.map { $0 < index } ?? true
  }

  /// The file's bytes.
  package var content: [UInt8] {
    let lines = items.flatMap(\.lines)
    return Array(lines.joined(separator: [0x0A])) + (lines.isEmpty ? [] : [0x0A])
  }
}
