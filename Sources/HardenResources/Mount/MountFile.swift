internal import HardenModel

/// The change that brings the options of one fstab line to what is wanted.
struct MountFile {
  /// The edits, each of one option.
  var edits: [UnitEdit] = []
  /// The options afterwards.
  var options: [String]
  /// Whether they come to what is wanted: some words count only at the end of the list.
  private(set) var isSettled = false

  /// What `line` takes to give `mount` what it wants.
  init(_ line: FstabFile.Line, for mount: Mount) {
    options = line.options
    let wanted = mount.applied(to: MountOptions.flags(line.options))
    for flag in mount.options where !MountOptions.flags(options).contains(flag) {
      // Words that say otherwise are replaced where they stand.
      let rivals = options.filter { word in
        word == flag.opposite
          || MountFlag.accessTimes.contains(flag)
            && MountFlag.accessTimes.contains { $0.rawValue == word || $0.opposite == word }
      }
      edit(line, mount, flag.rawValue, from: rivals.first, to: flag.rawValue)
      for rival in rivals.dropFirst() { edit(line, mount, rival, from: rival, to: nil) }
    }
    for flag in mount.forbidden where MountOptions.flags(options).contains(flag) {
      if options.contains(flag.rawValue) {
        edit(line, mount, flag.rawValue, from: flag.rawValue, to: nil)
      }
      // Another word, such as user, may bring it.
      if MountOptions.flags(options).contains(flag) {
        let word = flag == .relatime ? MountFlag.strictatime.rawValue : flag.opposite
        edit(line, mount, word, from: nil, to: word)
      }
    }
    isSettled = MountOptions.flags(options) == wanted
  }

  private mutating func edit(
    _ line: FstabFile.Line, _ mount: Mount, _ option: String, from: String?, to: String?
  ) {
    edits.append(
      UnitEdit(
        mount.address, unit: FstabFile.unit(option, of: line.target), before: from, after: to))
    if let from, let index = options.firstIndex(of: from) {
      options.removeAll { $0 == from }
      if let to, !options.contains(to) { options.insert(to, at: min(index, options.count)) }
    } else if let to, !options.contains(to) {
      options.append(to)
    }
  }
}
