internal import HardenModel

/// The order of work: phases first, then what must come before what, then the order of the playbook.
enum Ordering {
  /// `entries` in the order of work; `chains` are pairs of askers of which the first comes first.
  ///
  /// Where the wishes form a circle, the playbook's order decides; explicit circles are a
  /// diagnostic of the playbook long before.
  static func sorted(_ entries: [StepSet.Entry], chains: [(Int, Int)]) -> [StepSet.Entry] {
    Step.Phase.allCases.flatMap { phase in
      sort(entries.filter { $0.step.phase == phase }, chains)
    }
  }

  private static func sort(_ entries: [StepSet.Entry], _ chains: [(Int, Int)]) -> [StepSet.Entry] {
    var followers = [[Int]](repeating: [], count: entries.count)
    var waiting = [Int](repeating: 0, count: entries.count)
    func edge(_ first: Int, _ second: Int) {
      guard first != second else { return }
      followers[first].append(second)
      waiting[second] += 1
    }
    let accounts = accountEdges(entries)
    for (first, second) in pathEdges(entries) + kernelEdges(entries) + accounts {
      edge(first, second)
    }
    for (first, second) in auditEdges(entries) + unitEdges(entries) { edge(first, second) }
    for (first, second) in explicitEdges(entries, chains) { edge(first, second) }

    var ready = Heap(
      entries.indices.filter { waiting[$0] == 0 }.map { (rank(entries[$0].step), $0) })
    var order: [Int] = []
    var placed = [Bool](repeating: false, count: entries.count)
    while order.count < entries.count {
      let next = ready.popFirst()?.1 ?? placed.firstIndex(of: false) ?? 0
      guard !placed[next] else { continue }
      placed[next] = true
      order.append(next)
      for follower in followers[next] {
        waiting[follower] -= 1
        if waiting[follower] == 0, !placed[follower] {
          ready.insert((rank(entries[follower].step), follower))
        }
      }
    }
    return order.map { entries[$0] }
  }

  /// Turning forwarding on or off resets other keys, so it comes before all of them.
  private static func rank(_ step: Step) -> Int {
    if case .setSysctl(let order) = step, order.key.isForwarding { 0 } else { 1 }
  }

  /// A directory is made before what goes into it, and emptied before it goes; a path is written
  /// before its attributes are set.
  private static func pathEdges(_ entries: [StepSet.Entry]) -> [(Int, Int)] {
    var writers: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      if case .writeFile(let order) = entry.step { writers[order.path] = index }
    }
    var edges: [(Int, Int)] = []
    for (index, entry) in entries.enumerated() {
      guard let path = entry.step.path else { continue }
      if case .writeFile = entry.step {
      } else if let writer = writers[path] {
        edges.append((writer, index))
      }
      var parent = path[...]
      while let slash = parent.lastIndex(of: "/") {
        parent = parent[..<slash]
        guard let writer = writers[String(parent)] else { continue }
        edges.append(isRemoval(entries[writer].step) ? (index, writer) : (writer, index))
      }
    }
    return edges
  }

  private static func isRemoval(_ step: Step) -> Bool {
    if case .writeFile(let order) = step { order.after.form == .absent } else { false }
  }

  /// An account is made before what names it: a group before its members, a user before what it
  /// owns.
  private static func accountEdges(_ entries: [StepSet.Entry]) -> [(Int, Int)] {
    var makers: [Account: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard case .editAccount(let order) = entry.step, order.before == nil else { continue }
      makers[order.account] = index
      // The group of the same name comes with the user.
      if order.account.kind == .user, order.after?.group == nil {
        makers[Account(.group, order.account.name)] = index
      }
    }
    guard !makers.isEmpty else { return [] }
    return entries.enumerated().flatMap { index, entry in
      entry.step.accountsNamed.compactMap { account in makers[account].map { ($0, index) } }
    }
  }

  /// What loads rules at boot is written from the files that are edited.
  private static func auditEdges(_ entries: [StepSet.Entry]) -> [(Int, Int)] {
    guard
      let compilation = entries.firstIndex(where: {
        if case .compileAuditRules = $0.step { true } else { false }
      })
    else { return [] }
    return entries.indices.filter { index in
      index != compilation
        && entries[index].step.path?.hasPrefix("\(CompileAuditRules.folder)/") ?? false
    }.map { ($0, compilation) }
  }

  /// What runs is stopped before its files change, and started once systemd has read them.
  private static func unitEdges(_ entries: [StepSet.Entry]) -> [(Int, Int)] {
    func ranked(_ step: Step) -> Int? {
      switch step {
      case .setUnit(.run(_, isRunning: false)): 0
      case .setUnit(.reload): 2
      case .setUnit: 3
      default: step.path?.hasPrefix("/etc/systemd/system/") == true ? 1 : nil
      }
    }
    let ranks = entries.enumerated().compactMap { index, entry in
      ranked(entry.step).map { (index, $0) }
    }
    guard ranks.contains(where: { $0.1 != 1 }) else { return [] }
    return readerEdges(entries)
      + (0..<3).flatMap { rank in
        let next = (rank + 1...3).first { rank in ranks.contains { $0.1 == rank } }
        return ranks.filter { $0.1 == rank }.flatMap { one in
          ranks.filter { $0.1 == next }.map { (one.0, $0.0) }
        }
      }
  }

  /// What reads its configuration again does so when all of it is written.
  private static func readerEdges(_ entries: [StepSet.Entry]) -> [(Int, Int)] {
    entries.enumerated().flatMap { reader, entry -> [(Int, Int)] in
      guard case .setUnit(.reread(_, _, let paths)) = entry.step else { return [] }
      return entries.indices.filter { paths.contains(entries[$0].step.path ?? "") }
        .map { ($0, reader) }
    }
  }

  /// A key that changes others is written before them.
  private static func kernelEdges(_ entries: [StepSet.Entry]) -> [(Int, Int)] {
    let keys = entries.enumerated().compactMap { index, entry -> (Int, SysctlKey, [String])? in
      guard case .setSysctl(let order) = entry.step else { return nil }
      return (index, order.key, order.key.affected)
    }
    return keys.filter { !$0.2.isEmpty }.flatMap { index, key, affected in
      keys.filter { other, otherKey, otherAffected in
        other != index && affected.contains { otherKey.matches($0) }
          // Two keys that change each other: the one that is written first is the wider one.
          && !(otherAffected.contains { key.matches($0) } && other < index)
      }.map { (index, $0.0) }
    }
  }

  private static func explicitEdges(_ entries: [StepSet.Entry], _ chains: [(Int, Int)])
    -> [(Int, Int)]
  {
    guard !chains.isEmpty else { return [] }
    var ofAsker: [Int: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      for asker in entry.askers { ofAsker[asker, default: []].append(index) }
    }
    return chains.flatMap { first, second in
      (ofAsker[first] ?? []).flatMap { one in (ofAsker[second] ?? []).map { (one, $0) } }
    }
  }
}

extension Step {
  /// The accounts that have to be there for the step.
  fileprivate var accountsNamed: [Account] {
    let owners = { (attributes: Attributes) -> [Account] in
      var accounts: [Account] = []
      if case .name(let name)? = attributes.owner { accounts.append(Account(.user, name)) }
      if case .name(let name)? = attributes.group { accounts.append(Account(.group, name)) }
      return accounts
    }
    switch self {
    case .writeFile(let order): return owners(order.after.attributes)
    case .setAttributes(let order): return owners(order.after)
    case .editFile(let order): return order.creation.map(owners) ?? []
    case .editAccount(let order):
      let groups = (order.after?.groups ?? []) + [order.after?.group].compactMap(\.self)
      return groups.map { Account(.group, $0) }
        + (order.after?.members ?? []).map { Account(.user, $0) }
    case .setSysctl, .setMountAttributes, .bindMount, .setSELinux, .setUnit, .editRows,
      .editAuditRules, .compileAuditRules, .setAuditStatus, .loadModule:
      return []
    }
  }
}

/// The smallest first.
private struct Heap {
  private var items: [(Int, Int)]

  init(_ items: [(Int, Int)]) { self.items = items.sorted(by: >) }

  mutating func insert(_ item: (Int, Int)) {
    let place = items.firstIndex { $0 < item } ?? items.count
    items.insert(item, at: place)
  }

  mutating func popFirst() -> (Int, Int)? { items.popLast() }
}
