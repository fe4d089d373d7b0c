internal import HardenModel

/// Builds nodes from events, counting before it builds.
struct TreeBuilder {
  /// Everything that was wrong so far.
  private(set) var mistakes: [Diagnostic] = []
  private let bytes: [UInt8]
  private let file: String
  private var count = 0
  /// Aliases that are reported already; a bomb repeats them without end.
  private var aliases: Set<String> = []

  /// A builder over `bytes`.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The document's topmost node; nil when there is none or reading could not go on.
  mutating func document() -> Node? {
    do throws(Diagnostic) {
      let events = try EventParser(bytes, file: file)
      return try document(events)
    } catch {
      mistakes.append(error)
      return nil
    }
  }

  private mutating func document(_ events: borrowing EventParser) throws(Diagnostic) -> Node? {
    _ = try events.next()
    let start = try events.next()
    guard case .documentStart = start.kind else { return nil }
    if start.tag != nil { reportTag("%TAG", at: start.range) }
    let first = try events.next()
    if first.isNothing { return nil }
    let root = try node(first, events, depth: 1)
    _ = try events.next()
    let next = try events.next()
    if case .streamEnd = next.kind { return root }
    mistakes.append(
      Diagnostic(
        .manyDocuments, "a second document begins here", at: next.range,
        help: "put it into a file of its own and name that in include:"))
    return root
  }

  private mutating func node(_ event: Event, _ events: borrowing EventParser, depth: Int)
    throws(Diagnostic) -> Node
  {
    count += 1
    guard count <= YAMLLimits.nodes else {
      throw Diagnostic(
        .tooLarge, "the file has more than \(YAMLLimits.nodes) values", at: event.range,
        help: "split it and name the parts in include:")
    }
    guard depth <= YAMLLimits.depth else {
      throw Diagnostic(
        .tooLarge, "lists and mappings lie more than \(YAMLLimits.depth) deep", at: event.range)
    }
    if let anchor = event.anchor {
      reportAnchor("the anchor &\(anchor) is not allowed", at: event.range)
    }
    if let tag = event.tag { reportTag(tag, at: event.range) }
    switch event.kind {
    case .sequenceStart: return try sequence(event.range, events, depth: depth)
    case .mappingStart: return try mapping(event.range, events, depth: depth)
    case .scalar(let text, let quoted):
      // Text without escapes was checked before it was parsed.
      if quoted { checkEscapes(text, at: event.range) }
      return Node(.scalar(text, quoted: quoted), at: event.range)
    case .alias(let name):
      if aliases.insert(name).inserted {
        reportAnchor("the alias *\(name) is not allowed", at: event.range)
      }
      return Node(.scalar("*\(name)", quoted: false), at: event.range)
    default: return Node(.scalar("", quoted: false), at: event.range)
    }
  }

  private mutating func sequence(
    _ range: SourceRange, _ events: borrowing EventParser, depth: Int
  ) throws(Diagnostic) -> Node {
    var items: [Node] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { break }
      if event.isNothing { reportNothing("nothing stands in this entry", at: event.range) }
      items.append(try node(event, events, depth: depth + 1))
    }
    return Node(.sequence(items), at: start(of: range))
  }

  private mutating func mapping(
    _ range: SourceRange, _ events: borrowing EventParser, depth: Int
  ) throws(Diagnostic) -> Node {
    var entries: [Node.Entry] = []
    var places: [String: SourceRange] = [:]
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { break }
      let key = try node(event, events, depth: depth + 1)
      let valueEvent = try events.next()
      var value = try node(valueEvent, events, depth: depth + 1)
      guard let text = key.text else {
        mistakes.append(
          Diagnostic(.wrongType, "a key must be text, found \(key.shape)", at: key.range))
        continue
      }
      if text == "<<", key.content == .scalar("<<", quoted: false) {
        mistakes.append(
          Diagnostic(
            .mergeKey, "merge keys are not allowed", at: key.range, help: "write the keys out"))
        continue
      }
      if let first = places[text] {
        mistakes.append(
          Diagnostic(
            .duplicateKey, "the key '\(text)' stands twice", at: key.range,
            help: "delete one of them", notes: [Diagnostic.Note("it stands first here", at: first)])
        )
        continue
      }
      places[text] = key.range
      if valueEvent.isNothing {
        reportNothing("'\(text)' has no value", at: key.range)
        value.range = key.range
      }
      entries.append(Node.Entry(key: text, keyRange: key.range, value: value))
    }
    return Node(.mapping(entries), at: start(of: range))
  }

  /// A collection is pointed at by its first character.
  private func start(of range: SourceRange) -> SourceRange {
    var range = range
    range.length = 0
    return range
  }
}

extension TreeBuilder {
  /// Escapes such as `"\0"` bring in what the text itself may not contain.
  private mutating func checkEscapes(_ text: String, at range: SourceRange) {
    for scalar in text.unicodeScalars {
      guard let name = ForbiddenCharacter.name(scalar) else { continue }
      mistakes.append(
        Diagnostic(.forbiddenCharacter, "an escape writes \(name)", at: range, help: "delete it"))
      return
    }
  }

  private mutating func reportNothing(_ message: String, at range: SourceRange) {
    mistakes.append(
      Diagnostic(.wrongType, message, at: range, help: "write \"\" where empty text is meant"))
  }

  private mutating func reportAnchor(_ message: String, at range: SourceRange) {
    mistakes.append(
      Diagnostic(.anchor, message, at: range, help: "write the value out, or use a variable"))
  }

  private mutating func reportTag(_ tag: String, at range: SourceRange) {
    let standard = "tag:yaml.org,2002:"
    let name = tag.hasPrefix(standard) ? "!!" + tag.dropFirst(standard.count) : tag
    mistakes.append(
      Diagnostic(
        .tag, "the tag \(name) is not allowed", at: range,
        help: "delete it: the field that reads a value decides its type"))
  }
}
