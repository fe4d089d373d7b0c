internal import HardenModel
internal import HardenSystem

/// A walk over everything below a directory that stays on its mount and follows no link.
struct DirectoryWalk {
  /// The directory where it begins.
  let top: String
  /// The mount that it stays on.
  let mount: UInt64
  /// What was claimed of the top, and every difference below it.
  var planes: [PlaneState] = []
  /// One step for each path that differs.
  var steps: [Step] = []
  /// What would break by them.
  var risks: [String] = []
  /// What a reader should know besides: of all files, what is true of the first of them.
  var note: String?
  /// What stands in the way of all of it.
  var refusal: String?
  /// How many entries are looked at before giving up.
  var budget = 100_000
  private var count = 0

  /// A walk that begins at `top`, which lies on `mount`.
  init(top: String, mount: UInt64) {
    self.top = top
    self.mount = mount
  }

  /// Compares one path with `wanted`.
  mutating func compare(
    _ wanted: AttributesWanted, _ inode: Inode, at path: String, on host: borrowing Host
  ) throws(SystemError) {
    let isTop = path == top
    let prefix = isTop ? "" : "\(path.dropFirst(top == "/" ? 1 : top.utf8.count + 1)): "
    let compared = try AttributeComparison.of(wanted, inode, at: path, on: host, prefix: prefix)
    planes += compared.planes.filter { isTop || !$0.holds }
    guard !compared.after.isEmpty || compared.refusal != nil else { return }
    var obstacle = compared.refusal
    if obstacle == nil, case .special(let name) = inode.form { obstacle = "it is \(name)" }
    if obstacle == nil { obstacle = try PathPlace.lock(inode, at: path, on: host) }
    if let why = obstacle {
      refusal = refusal ?? (isTop ? why : "\(path): \(why)")
      return
    }
    if let risk = ProtectedPrograms.losing(inode, compared, at: path) { risks.append(risk) }
    let packaged = try PackageModes(inode, compared, at: path, on: host)
    if let risk = packaged.risk { risks.append(risk) }
    note = note ?? packaged.note
    steps.append(
      .setAttributes(
        SetAttributes(
          path: path, isDirectory: inode.form == .directory, before: compared.before,
          after: compared.after)))
  }

  /// Compares everything below `directory`, deepest last, in the order of names.
  mutating func descend(
    _ below: Directory.Below, into directory: String, on host: borrowing Host
  ) throws(SystemError) {
    var waiting = [directory]
    while let directory = waiting.popLast() {
      var found: [String] = []
      for name in try host.entries(directory) {
        count += 1
        guard count <= budget else {
          refusal = "it holds more than \(budget) entries; name smaller directories"
          return
        }
        let path = directory == "/" ? "/\(name)" : "\(directory)/\(name)"
        guard let inode = try host.inode(path), inode.form != .link,
          inode.mount == mount || inode.mount == 0 || mount == 0
        else { continue }
        let isDirectory = inode.form == .directory
        try compare(isDirectory ? below.directories : below.files, inode, at: path, on: host)
        if isDirectory { found.append(path) }
      }
      waiting += found.reversed()
    }
  }
}
