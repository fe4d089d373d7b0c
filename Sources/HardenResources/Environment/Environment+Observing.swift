package import HardenCore
package import HardenModel
package import HardenSystem

extension Environment {
  /// One line that sets the variable.
  private struct Line {
    var place: Place
    var text: String
    /// Whether it is read before our own file, in it or after it.
    var order: Int
  }

  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      let lines = try lines(host)
      let winner = lines.last
      let holds = winner.map { isWanted($0.text) } ?? false
      let isTheirs = { (line: Line) in line.order != 0 || place == .go }
      let isLate = winner.map { $0.order > 0 || place == .go } ?? false
      let target = isLate ? winner?.place.path ?? file : file
      let plane = PlaneState(
        .file, observed: winner.map { SettingFormat.unquoted($0.text) }, wanted: value,
        holds: holds, observedAt: winner?.place, wantedAt: holds ? nil : Place(target))
      guard plane.differs else { return Observation(planes: [plane]) }
      if let why = try refusal(lines.last { isTheirs($0) && !isWanted($0.text) }, target, host) {
        return Observation(.refused(why), planes: [plane])
      }
      var steps: [Step] = []
      if let mine = lines.last(where: { $0.order == 0 && !isTheirs($0) }) {
        if !isWanted(mine.text) { steps.append(change(mine)) }
      } else if place != .go || winner == nil {
        steps += try addition(host)
      }
      if isLate, let winner { steps.append(change(winner)) }
      return Observation(planes: [plane], steps: steps)
    } catch {
      return try PathPlace.observation(error)
    }
  }

  private func isWanted(_ text: String) -> Bool {
    text == place.quoted(value) || SettingFormat.unquoted(text) == value
  }

  /// Every line that sets the variable, in reading order.
  private func lines(_ host: borrowing Host) throws(SystemError) -> [Line] {
    var found: [Line] = []
    var order = -1
    for path in try place.files(file, host) {
      if path == file { order = 0 } else if order == 0 { order = 1 }
      guard try host.inodeFollowing(path)?.form == .file else { continue }
      let content = try host.contents(path, last: .follow) ?? []
      for entry in KeyedLines(content, .keyvalue).entries where entry.key == variable {
        found.append(
          Line(place: Place(path, line: entry.number), text: entry.text, order: order))
      }
    }
    return found
  }

  /// Why nothing is changed; `theirs` is what somebody else has set.
  private func refusal(_ theirs: Line?, _ target: String, _ host: borrowing Host)
    throws(SystemError) -> String?
  {
    if let theirs, !overwrites {
      return
        "\(theirs.place) sets it to \(theirs.text); say overwrite: true, or take that line away"
    }
    guard let inode = try host.inode(target) else {
      return place == .go ? "there is no \(file); name the file that this Go reads" : nil
    }
    guard target.hasPrefix("/etc/") || place == .go else {
      return "\(target) would still win and is not ours to edit"
    }
    if let why = try PathPlace.obstacle(inode, at: target, wanting: .file, on: host) {
      return "\(target): \(why)"
    }
    return try PathPlace.lock(inode, at: target, on: host).map { "\(target): \($0)" }
  }

  /// Changes the value of a line where it stands.
  private func change(_ line: Line) -> Step {
    .editFile(
      EditFile(
        path: line.place.path, format: .keyvalue,
        edits: [
          UnitEdit(address, unit: variable, before: line.text, after: place.quoted(value))
        ]))
  }

  /// Adds the line, to a file that is made where there is none.
  private func addition(_ host: borrowing Host) throws(SystemError) -> [Step] {
    let line = place.line(variable, value)
    var steps: [Step] = []
    let folder = file.split(at: "/").dropLast().joined(separator: "/")
    if place != .go, try host.inodeFollowing("/\(folder)") == nil {
      steps.append(
        .writeFile(
          WriteFile(
            path: "/\(folder)", before: .absent, after: FileState(.directory, .ofRoot(Mode(0o755))))
        ))
    }
    steps.append(
      .editFile(
        EditFile(
          path: file, format: .lines,
          edits: [UnitEdit(address, unit: line, before: nil, after: line)],
          creation: place == .go ? nil : .ofRoot(Mode(0o644)))))
    return steps
  }
}
