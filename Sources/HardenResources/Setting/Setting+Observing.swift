package import HardenCore
package import HardenModel
package import HardenSystem

extension Setting {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      var paths = [file]
      var observation =
        if let wanted { try compared(wanted, &paths, host) } else { try linesCompared(host) }
      observation = try SettingReader(self, paths, host)?.compared(observation) ?? observation
      guard observation.differs else { return observation }
      for case .editFile(let order) in observation.steps {
        if let why = try obstacle(order.path, host) {
          return Observation(.refused(why), planes: observation.planes)
        }
        observation.risks += try SettingRisks.of(self, order, host)
        if let check = order.check, host.isLive {
          observation.notes.append("\(check.program) is asked before \(order.path) changes")
        }
      }
      return observation
    } catch {
      return try PathPlace.observation(error)
    }
  }

  // MARK: Keys

  private func compared(
    _ wanted: SettingWanted, _ paths: inout [String], _ host: borrowing Host
  ) throws(SystemError) -> Observation {
    let found = try SettingLines(self, host)
    paths = found.paths
    guard found.exists || creates else { return missing() }
    if let why = found.refusal { return Observation(.refused(why)) }
    let winner = found.winner
    var text = winner?.text
    if isCollected, found.lines.count > 1 {
      text = found.lines.map(\.text).joined(separator: " ")
    }
    let holds = text.map { isAccepted($0, wanted) } ?? false
    let isOwn = found.ownWins && !(isCollected && winner != nil)
    let target = isOwn ? found.own?.path ?? file : winner?.place.path ?? file
    let plane = PlaneState(
      .file, observed: text, wanted: holds ? text : wanted.set, holds: holds,
      observedAt: winner?.place, wantedAt: holds ? nil : Place(target))
    let notes = found.conditional.filter { !wanted.accepts($0.text, in: format) }.map {
      "\($0.place) says \($0.text) below a Match, and so it stays for those whom that names"
    }
    guard !holds else { return Observation(planes: [plane], notes: notes) }
    if let why = refusal(found, winner, target) {
      return Observation(.refused(why), planes: [plane])
    }
    let before = target == winner?.place.path ? winner?.text : nil
    return Observation(
      planes: [plane],
      steps: try [
        directory(of: target, host),
        .editFile(
          edit(target, [UnitEdit(address, unit: key, before: before, after: wanted.set)])),
      ].compactMap { $0 }, notes: notes)
  }

  private func isAccepted(_ text: String, _ wanted: SettingWanted) -> Bool {
    if wanted.accepts(text, in: format) { return true }
    let words = { (text: String) in Set(text.words()) }
    return isCollected && wanted.any.contains { words($0) == words(text) }
  }

  private func refusal(_ found: SettingLines, _ winner: SettingLines.Line?, _ target: String)
    -> String?
  {
    if isCollected, found.lines.count > 1 {
      let places = found.lines.map { "\($0.place)" }.joined(separator: " and ")
      return "\(key) is collected from \(places); keep one of them"
    }
    guard target.hasPrefix("/etc/") || target == file else {
      let place = winner.map { "\($0.place)" } ?? target
      return "\(place) gives it \(winner?.text ?? "nothing") and is not ours to edit"
    }
    return nil
  }

  private func missing() -> Observation {
    isMissingAllowed
      ? Observation(.notApplicable("there is no \(file)"))
      : Observation(
        .refused(
          "there is no such file; install its program, or say create: true or if_missing: skip"))
  }

  // MARK: Whole lines

  private func linesCompared(_ host: borrowing Host) throws(SystemError) -> Observation {
    let existing = try host.contents(file)
    guard existing != nil || creates else { return missing() }
    let lines = (existing ?? []).split(separator: 0x0A, omittingEmptySubsequences: false)
    var found: [(text: String, number: Int)] = []
    for (index, line) in lines.enumerated() {
      guard let text = String(validating: line, as: UTF8.self), format.isSame(text, key) else {
        continue
      }
      if !found.contains(where: { $0.text == text }) { found.append((text, index + 1)) }
    }
    let isThere = !found.isEmpty
    let plane = PlaneState(
      .file, observed: found.first?.text, wanted: state == .present ? key : nil,
      holds: isThere == (state == .present),
      observedAt: found.first.map { Place(file, line: $0.number) },
      wantedAt: state == .present && !isThere ? Place(file) : nil)
    guard plane.differs else { return Observation(planes: [plane]) }
    let edits =
      state == .present
      ? [UnitEdit(address, unit: key, before: nil, after: key)]
      : found.map { UnitEdit(address, unit: $0.text, before: $0.text, after: nil) }
    return Observation(planes: [plane], steps: [.editFile(edit(file, edits))])
  }

  // MARK: Steps

  private func edit(_ path: String, _ edits: [UnitEdit]) -> EditFile {
    EditFile(
      path: path, format: format.file, edits: edits,
      creation: creates || path != file
        ? .ofRoot(Mode(format == .sshd || path.hasPrefix("/etc/sudoers") ? 0o600 : 0o644)) : nil,
      check: ConfigurationCheck.of(path, format.file))
  }

  /// Makes the directory of a file that is ours to make, where there is none yet.
  private func directory(of path: String, _ host: borrowing Host) throws(SystemError) -> Step? {
    guard path != file || creates, let slash = path.lastIndex(of: "/") else { return nil }
    let folder = String(path[..<slash])
    guard try host.inodeFollowing(folder) == nil else { return nil }
    return .writeFile(
      WriteFile(
        path: folder, before: .absent,
        after: FileState(.directory, .ofRoot(Mode(0o755)))))
  }

  /// Why the file at `path` cannot be changed; nil when it can.
  private func obstacle(_ path: String, _ host: borrowing Host) throws(SystemError) -> String? {
    guard let inode = try host.inode(path) else { return nil }
    var why = try PathPlace.obstacle(inode, at: path, wanting: .file, on: host)
    if why == nil { why = try PathPlace.lock(inode, at: path, on: host) }
    return why.map { "\(path): \($0)" }
  }
}
