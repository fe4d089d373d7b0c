internal import HardenCore
internal import HardenModel

/// One entry of `ensure:`: a kind and its fields.
enum ResourceEntry {
  /// All entries of a control; what an entry may be depends on the catalogue.
  enum List: PlaybookPart {
    static var shape: Shape { .list(.named("resource")) }
  }

  /// The resources of the list `node`, in its order.
  static func read(
    _ node: Node, owner: Owner, catalog: Catalog, _ reading: inout Reading
  ) -> [Resource] {
    guard let items = node.items else {
      reading.mismatch(
        node, expected: "a list of resources", help: "write - sysctl: {…} and the like below it")
      return []
    }
    if items.isEmpty {
      reading.report(
        Diagnostic(
          .missingKey, "the list of resources is empty", at: node.range,
          help: "write - sysctl: {…} and the like into it"))
    }
    return items.flatMap { item -> [Resource] in
      guard let entry = item.entries?.first else {
        reading.mismatch(item, expected: "a kind with its fields", help: "for example sysctl: {…}")
        return []
      }
      for extra in item.entries?.dropFirst() ?? [] {
        reading.report(
          Diagnostic(
            .unknownKey, "'\(extra.key)' is a second kind in one entry", at: extra.keyRange,
            help: "begin an entry of its own with -, or indent it below \(entry.key):"))
      }
      guard let kind = catalog.kind(entry.key) else {
        reading.report(unknown(entry, catalog))
        return []
      }
      return resources(kind, entry, owner: owner, &reading)
    }
  }

  private static func resources(
    _ kind: any ResourceKind.Type, _ entry: Node.Entry, owner: Owner, _ reading: inout Reading
  ) -> [Resource] {
    var fields = Fields(entry.value, of: entry.key, reading: reading)
    // A whole array would be converted by asking of each element what it is.
    func read(_ kind: (some ResourceKind).Type) -> [any ResourceKind] {
      kind.read(&fields).map { $0 }
    }
    let found = read(kind)
    reading = fields.finish()
    return found.map { Resource($0, owner: owner, at: entry.keyRange) }
  }

  private static func unknown(_ entry: Node.Entry, _ catalog: Catalog) -> Diagnostic {
    let names = catalog.kinds.map { $0.manual.kind }
    let list = "this build knows \(names.joined(separator: ", "))"
    if catalog.later.contains(entry.key) {
      return Diagnostic(
        .laterKind, "the kind '\(entry.key)' comes later", at: entry.keyRange, help: list)
    }
    return Diagnostic(
      .unknownKind, "there is no kind '\(entry.key)'", at: entry.keyRange,
      help: Spelling.nearest(to: entry.key, among: names + catalog.later).map {
        "did you mean '\($0)'?"
      } ?? list)
  }
}
