internal import HardenModel

/// What is known of a host, so that what many resources ask for is read and worked out once.
///
/// A host that is planned over another one takes over what was worked out for that one, as far as
/// the steps between the two touch nothing that it was worked out from.
final class HostMemory {
  /// What was read of the root, planned steps aside.
  let readings: RootReadings
  private let base: HostMemory?
  /// Who was working something out when this host was planned, from what it reads as well.
  private let listener: HostMemory?
  private var changes = PlannedState.Changes()
  private var values: [String: Remembered] = [:]
  /// What everything that is being worked out was read from so far, the innermost last.
  private var open: [Set<PlannedState.Source>] = []

  private struct Remembered {
    var value: Any
    var sources: Set<PlannedState.Source>
  }

  /// The memory of a host that nothing is known of.
  init(_ readings: RootReadings = RootReadings()) {
    self.readings = readings
    (base, listener) = (nil, nil)
  }

  /// The memory of a host that is planned over the one that `base` belongs to.
  init(over base: HostMemory) {
    readings = base.readings
    self.base = base
    listener = base.open.isEmpty ? base.listener : base
  }

  /// Forgets what was worked out from anything that is different now: `changes` are all since `base`.
  func forget(_ changes: PlannedState.Changes) {
    self.changes = changes
    values = values.filter { !$0.value.sources.contains(where: changes.touch) }
  }

  /// The memory of the host below all that is planned; nil when this is it.
  var origin: HostMemory? { base.map { $0.origin ?? $0 } }

  /// Forgets everything.
  func forget() {
    values.removeAll()
    readings.forget()
  }

  /// The value for `key`; nil where it has to be worked out.
  func value(_ key: String) -> Any? {
    guard let known = find(key) else { return nil }
    note(known.sources)
    return known.value
  }

  private func find(_ key: String) -> Remembered? {
    if let known = values[key] { return known }
    guard let known = base?.find(key), !known.sources.contains(where: changes.touch) else {
      return nil
    }
    values[key] = known
    return known
  }

  /// Begins to note what is read.
  func begin() { open.append([]) }

  /// Ends noting, and remembers `value` as what was worked out; nil when that failed.
  func end(_ key: String, _ value: Any?) {
    let sources = open.removeLast()
    if let value { values[key] = Remembered(value: value, sources: sources) }
    note(sources)
  }

  /// Whether anything is being worked out.
  var isNoting: Bool { !open.isEmpty || listener?.isNoting == true }

  /// Notes that something was read from `source`.
  func note(_ source: PlannedState.Source) {
    if let last = open.indices.last {
      // Of too many nobody keeps count.
      open[last].insert(open[last].count < Self.mostSources ? source : .anything)
    }
    listener?.note(source)
  }

  private func note(_ sources: Set<PlannedState.Source>) {
    guard isNoting else { return }
    for source in sources { note(source) }
  }

  private static let mostSources = 4096
}

/// What was read below a root; hosts that are planned over it share it.
final class RootReadings {
  /// Folders as they are named, and without links on the way.
  var folders: [Substring: String] = [:]
  /// Whether what follows is remembered as well: by who only reads, and wants one moment of the host.
  let isSnapshot: Bool
  var inodes = Store<Inode?>()
  var names = Store<[String]>()
  /// Files up to ``largest``; nil for those that are not there.
  var contents = Store<[UInt8]?>()

  /// The largest file that is worth its memory, in bytes.
  static let largest = 1 << 18

  init(isSnapshot: Bool = false) { self.isSnapshot = isSnapshot }

  func forget() {
    folders.removeAll()
    inodes = Store()
    names = Store()
    contents = Store()
  }

  /// Answers by path, up to a number: who walks a whole disk asks for nothing twice.
  struct Store<Value> {
    private static var most: Int { 8192 }
    private var values: [String: Value] = [:]

    subscript(_ path: String) -> Value? {
      get { values[path] }
      set { if values.count < Self.most { values[path] = newValue } }
    }
  }
}
