internal import HardenModel
internal import HardenSystem

/// What auditd writes to: how much more it may take, what its file system has left, and how fast it
/// has grown.
struct AuditLog {
  static let configuration = "/etc/audit/auditd.conf"

  /// A value of its configuration that decides, with its line.
  struct Threshold: Hashable {
    var name: String
    var bytes: UInt64
    var place: Place
  }

  /// The directory of its files.
  let folder: String
  /// Bytes that the file system has left.
  let left: UInt64
  /// Bytes that it may still take; nil where nothing bounds it.
  let growth: UInt64?
  /// How fast it has grown, in bytes a second, and from what that is worked out; nil where its files
  /// do not tell.
  let speed: (bytes: Double, source: String)?
  /// Bytes of one record, from the end of the file; nil where it is empty.
  private let record: Double?
  private let lines: KeyedLines
  private let size: UInt64?

  /// The log of `host`; nil where auditd writes none that can be looked at.
  static func of(_ host: borrowing Host) throws(SystemError) -> AuditLog? {
    try host.once("audit log") { host throws(SystemError) in try read(host) }
  }

  private static func read(_ host: borrowing Host) throws(SystemError) -> AuditLog? {
    guard let content = try host.contents(configuration, last: .follow) else { return nil }
    let lines = KeyedLines(content, .keyvalue)
    let file = lines.text(of: "log_file") ?? "/var/log/audit/audit.log"
    guard lines.text(of: "write_logs")?.lowercased() != "no", file.first == "/",
      let slash = file.lastIndex(of: "/"), slash != file.startIndex
    else { return nil }
    let folder = String(file[..<slash])
    guard let space = try? host.freeSpace(at: folder), let left = space.unreserved else {
      return nil
    }
    return AuditLog(
      folder, left, size: space.size, lines, try files(file, host), record: record(of: file, host))
  }

  private init(
    _ folder: String, _ left: UInt64, size: UInt64?, _ lines: KeyedLines,
    _ files: [(path: String, inode: Inode)], record: Double?
  ) {
    self.folder = folder
    self.left = left
    self.size = size
    self.lines = lines
    self.record = record
    growth = Self.bound(lines).map { bound in
      let taken = files.reduce(0) { $0 + $1.inode.size }
      return bound - min(bound, taken)
    }
    speed = Self.speed(files)
  }

  /// The file and those that it was rotated to, the newest first.
  private static func files(_ file: String, _ host: borrowing Host) throws(SystemError)
    -> [(path: String, inode: Inode)]
  {
    var found: [(path: String, inode: Inode)] = []
    while found.count < 1000 {
      let path = found.isEmpty ? file : "\(file).\(found.count)"
      guard let inode = (try? host.inode(path)).flatMap({ $0 }), inode.form == .file else { break }
      found.append((path, inode))
    }
    return found
  }

  /// What all files together may take; nil where they are only ever added to.
  private static func bound(_ lines: KeyedLines) -> UInt64? {
    let most = lines.text(of: "max_log_file").flatMap { UInt64($0) } ?? 0
    let count = lines.text(of: "num_logs").flatMap { UInt64($0) } ?? 0
    switch lines.text(of: "max_log_file_action")?.lowercased() {
    case "rotate" where count >= 2:
      return most.multipliedReportingOverflow(by: count).partialValue << 20
    case "suspend": return most << 20
    default: return nil
    }
  }

  /// A file is last written when it is rotated, so between the times of two files everything came that
  /// all but the oldest hold.
  private static func speed(_ files: [(path: String, inode: Inode)]) -> (Double, String)? {
    guard let newest = files.first, let oldest = files.last, files.count > 1 else { return nil }
    let span = newest.inode.modified.seconds - oldest.inode.modified.seconds
    guard span >= 60 else { return nil }
    let bytes = files.dropLast().reduce(0) { $0 + $1.inode.size }
    return (Double(bytes) / Double(span), "sizes and times of \(newest.path) to \(oldest.path)")
  }

  private static func record(of file: String, _ host: borrowing Host) -> Double? {
    let length = (try? host.inode(file)).flatMap { $0 }?.size ?? 0
    let start = length > 1 << 14 ? length - 1 << 14 : 0
    guard let piece = (try? host.piece(of: file, from: start, count: 1 << 14)).flatMap({ $0 })
    else { return nil }
    let lines = piece.count { $0 == 0x0A }
    return lines == 0 ? nil : Double(piece.count) / Double(lines)
  }

  // MARK: What follows

  /// The value `name` of the configuration in bytes; nil where it says nothing.
  private func threshold(_ name: String) -> Threshold? {
    guard let entry = lines.entries.last(where: { $0.key == name }) else { return nil }
    let place = Place(Self.configuration, line: entry.number)
    if entry.text.hasSuffix("%") {
      guard let size, let part = UInt64(entry.text.dropLast()), part < 100 else { return nil }
      return Threshold(name: name, bytes: size / 100 * part, place: place)
    }
    return UInt64(entry.text).map { Threshold(name: name, bytes: $0 << 20, place: place) }
  }

  /// How near the log is to `event`: one sentence for each thing found.
  ///
  /// It comes when less is left than `limit` says in the configuration, or nothing at all. What is
  /// more than a quarter of a year away is not spoken of.
  func risks(of event: String, below limit: String? = nil) -> [String] {
    let threshold = limit.flatMap(threshold)
    let least = threshold.map { "\($0.name) (\(Self.mebibytes($0.bytes)), \($0.place))" }
    let bytes = threshold?.bytes ?? 0
    let has = "\(folder) has \(Self.mebibytes(left)) left"
    if left <= bytes {
      return [
        "\(has), \(least.map { "not more than \($0)" } ?? "that is nothing"): \(event) is near"
      ]
    }
    guard let growth else {
      if let seconds = time(for: left - bytes), seconds > Self.farOff { return [] }
      let line = lines.entries.last { $0.key == "max_log_file_action" }?.number
      return [
        "nothing bounds the log (\(Place(Self.configuration, line: line))), and \(has)"
          + (end(of: left - bytes) ?? "") + ": it comes to \(event)"
      ]
    }
    guard left - bytes < growth else { return [] }
    return [
      "\(has), of which the log may take \(Self.mebibytes(growth)) before the oldest of it goes; then "
        + "\(least.map { "less than \($0)" } ?? "nothing") is left, and that is \(event)"
    ]
  }

  /// When `bytes` are taken up, at the speed so far.
  private func end(of bytes: UInt64) -> String? {
    guard let speed, let seconds = time(for: bytes) else { return nil }
    let hours = seconds / 3600
    let time =
      hours >= 48
      ? "\(Self.count(hours / 24)) days"
      : hours >= 2
        ? "\(Self.count(hours)) hours"
        : "\(Self.count(hours * 60)) minutes"
    return ", enough for about \(time) at the speed so far (\(speed.source))"
  }

  /// Seconds until `bytes` are taken up, at the speed so far; nil where that is not known.
  private func time(for bytes: UInt64) -> Double? {
    guard let speed, speed.bytes > 0 else { return nil }
    return Double(bytes) / speed.bytes
  }

  /// So many seconds ahead somebody will have looked at the log: a quarter of a year.
  private static let farOff: Double = 90 * 86_400

  /// How soon `backlog` events that may wait are used up when nobody takes them; nil where that is not
  /// soon, or where nothing tells.
  func burst(_ backlog: UInt32) -> String? {
    guard let speed, let record, speed.bytes > 0, record > 0 else { return nil }
    let events = speed.bytes / record
    let seconds = Double(backlog) / events
    guard seconds < Self.patience else { return nil }
    return
      "records have come at about \(Self.count(events)) a second (an estimate from \(speed.source)), so "
      + "the \(backlog) that may wait are used up \(Self.count(seconds)) seconds after the daemon is "
      + "held up, and that is a panic with failure 2"
  }

  /// How long a daemon may be held up, by a disk for example, in seconds.
  private static let patience: Double = 60

  private static func mebibytes(_ bytes: UInt64) -> String { "\(bytes >> 20) MiB" }

  private static func count(_ number: Double) -> String {
    String(Int(min(number.rounded(), 1e15)))
  }
}
