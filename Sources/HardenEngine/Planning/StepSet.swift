internal import HardenModel

/// The steps of a plan while it is being made: equal ones become one, edits of one file become one
/// step, and two that want different things of one unit are a contradiction.
struct StepSet {
  /// A step with who asked for it.
  struct Entry {
    var step: Step
    /// Indices of the askers, in order.
    var askers: [Int]
  }

  /// Two askers that want different things of one unit.
  struct Contradiction: Error {
    var unit: String
    var first: Int
    var second: Int
  }

  private(set) var entries: [Entry] = []
  private var known: [Unit: Int] = [:]

  private enum Unit: Hashable {
    case sysctl(SysctlKey)
    case edit(String, FileFormat)
    case file(String)
    case attributes(String)
  }

  /// Adds `step`, which `asker` asks for.
  mutating func add(_ step: Step, for asker: Int) throws(Contradiction) {
    let unit: Unit =
      switch step {
      case .setSysctl(let order): .sysctl(order.key)
      case .editFile(let order): .edit(order.path, order.format)
      case .writeFile(let order): .file(order.path)
      case .setAttributes(let order): .attributes(order.path)
      }
    guard let index = known[unit] else {
      known[unit] = entries.count
      entries.append(Entry(step: step, askers: [asker]))
      return
    }
    let first = entries[index].askers[0]
    guard let merged = Self.merge(entries[index].step, step) else {
      throw Contradiction(unit: step.target, first: first, second: asker)
    }
    entries[index].step = merged
    if !entries[index].askers.contains(asker) { entries[index].askers.append(asker) }
  }

  /// Both in one; nil when they want different things.
  private static func merge(_ one: Step, _ other: Step) -> Step? {
    switch (one, other) {
    case (.editFile(var left), .editFile(let right)):
      for edit in right.edits {
        if let same = left.edits.first(where: { $0.unit == edit.unit }) {
          guard Self.wantsSame(same, edit, left.format) else { return nil }
        } else {
          left.edits.append(edit)
        }
      }
      left.creation = left.creation ?? right.creation
      return .editFile(left)
    case (.setAttributes(var left), .setAttributes(let right)):
      guard let after = merge(left.after, right.after),
        let before = merge(left.before, right.before)
      else { return nil }
      (left.before, left.after) = (before, after)
      return .setAttributes(left)
    case (.writeFile(let left), .writeFile(let right)):
      return left.after == right.after ? one : nil
    case (.setSysctl(let left), .setSysctl(let right)):
      return SysctlValue.same(left.after, right.after) ? one : nil
    default: return nil
    }
  }

  /// Two controls may ask for one value; the comment that names the owner differs then.
  private static func wantsSame(_ one: UnitEdit, _ other: UnitEdit, _ format: FileFormat) -> Bool {
    if one.after == other.after { return true }
    guard format == .sysctl, let one = one.after, let other = other.after else { return false }
    return one.split(separator: "\n").last == other.split(separator: "\n").last
  }

  private static func merge(_ one: Attributes, _ other: Attributes) -> Attributes? {
    func agree<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
      left == nil || right == nil || left == right
    }
    let clash = one.xattrs.contains { name, value in
      other.xattrs[name].map { $0 != value } ?? false
    }
    guard agree(one.owner, other.owner), agree(one.group, other.group), agree(one.mode, other.mode),
      agree(one.flags, other.flags), !clash
    else { return nil }
    return Attributes(
      owner: one.owner ?? other.owner, group: one.group ?? other.group,
      mode: one.mode ?? other.mode, xattrs: one.xattrs.merging(other.xattrs) { left, _ in left },
      flags: one.flags ?? other.flags)
  }
}
