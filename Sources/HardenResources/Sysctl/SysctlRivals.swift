internal import HardenModel

/// The lines that would win over ours at the next boot, and whether they can be commented out.
struct SysctlRivals: Sendable {
  /// The lines to comment out.
  var lines: [SysctlAssignment] = []
  /// Why that is not enough or not ours to do; nil when it is.
  var refusal: String?

  /// What a line becomes that gives way.
  static func commentedOut(_ line: String) -> String { "# replaced by harden: \(line)" }

  /// The rivals of our own line `own` for `key`, where `wanted` says what is accepted.
  static func of(
    _ own: SysctlAssignment, for key: SysctlKey, wanted: SysctlWanted, in sources: SysctlSources
  ) -> SysctlRivals {
    var rivals = SysctlRivals()
    let isStanding = { (line: SysctlAssignment) in
      !rivals.lines.contains { $0.place.path == line.place.path && $0.line == line.line }
    }
    // Each round comments out a line, so there are at most as many as lines.
    while true {
      let main = sources.mainLines(for: key, with: own).filter(isStanding)
      let firewall = sources.tables[1].lines(for: key).filter(isStanding)
      let entries = [
        SysctlTable.effective(main),
        SysctlTable.effective(firewall) ?? sources.tables[1].patterns(for: key).last,
      ]
      guard let winner = entries[1] ?? entries[0] else { return rivals }
      if let value = winner.value, wanted.accepts(value) {
        if let boot = sources.boot(of: key, entries: entries.map { $0.map { [$0] } ?? [] }),
          boot.isSideEffect,
          !wanted.accepts(boot.value)
        {
          rivals.refusal =
            "\(boot.place) gives it \(boot.value) at the next boot by changing another key; take that line out"
        }
        return rivals
      }
      if let obstacle = obstacle(to: winner) {
        rivals.refusal = obstacle
        return rivals
      }
      rivals.lines.append(winner)
    }
  }

  private static func obstacle(to rival: SysctlAssignment) -> String? {
    let says = "\(rival.place) gives it \(rival.value ?? "nothing") at the next boot"
    if rival.place.path == SysctlSources.ownPath {
      return "\(says) and was added to harden's own file by hand; take it out"
    }
    if rival.isPattern {
      return "\(says) by the pattern \(SysctlKey(path: rival.key).name); narrow it"
    }
    guard rival.place.path.hasPrefix("/etc/") else {
      return
        "\(says) and is not ours to edit; put a file of that name into /etc/sysctl.d to replace it"
    }
    guard rival.line != nil else {
      return "\(says) in a line that cannot be commented out; correct it"
    }
    return nil
  }
}

extension SysctlSources {
  /// The lines of the first reader for `key`, with `own` in the place of the one in our file.
  fileprivate func mainLines(for key: SysctlKey, with own: SysctlAssignment) -> [SysctlAssignment] {
    let standing = self.own.line(of: key.path)
    let others = tables[0].lines(for: key).filter { line in
      guard line.place.path == Self.ownPath, let number = line.place.line else { return true }
      // Lines added by hand stay where they are only when ours is there already.
      return standing.map { number > $0 } ?? false
    }
    var mine = own
    let there = tables[0].lines(for: key).first {
      $0.place.path == Self.ownPath && $0.place.line == standing && standing != nil
    }
    // In our file, keys that change others stand first.
    mine.order = there?.order ?? (key.affected.isEmpty ? ownOrder.last : ownOrder.first)
    return (others + [mine]).sorted { $0.order < $1.order }
  }
}
