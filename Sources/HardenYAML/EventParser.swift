internal import CYAML
internal import HardenModel

/// libyaml's pull parser over bytes in memory.
///
/// The parser keeps pointers to itself and to its input, so both live on the heap and are freed
/// together. libyaml's own tree is never used: it has no limits and loses positions.
@safe struct EventParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let file: String

  /// A parser at the start of `bytes`.
  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    self.file = file
    unsafe parser = .allocate(capacity: 1)
    unsafe input = .allocate(capacity: bytes.count)
    _ = unsafe input.initialize(from: bytes)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.initialize(to: yaml_parser_t())
      throw Diagnostic(.tooLarge, "there is no memory to read the file", at: nil)
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    // Both are safe on a parser that was zeroed because it could not be initialised.
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event; a syntax error ends the file.
  func next() throws(Diagnostic) -> Event {
    var raw = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw failure() }
    defer { unsafe yaml_event_delete(&raw) }
    let range = unsafe range(raw.start_mark, raw.end_mark)
    switch unsafe raw.type {
    case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, range: range)
    case YAML_DOCUMENT_START_EVENT:
      let directives = unsafe raw.data.document_start.tag_directives
      let hasTags = unsafe directives.start != directives.end
      return Event(kind: .documentStart, range: range, tag: hasTags ? "%TAG" : nil)
    case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, range: range)
    case YAML_ALIAS_EVENT:
      return Event(kind: .alias(unsafe text(raw.data.alias.anchor) ?? ""), range: range)
    case YAML_SCALAR_EVENT:
      let scalar = unsafe raw.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      guard bytes.count <= YAMLLimits.scalar else {
        throw Diagnostic(
          .tooLarge, "a text is longer than \(YAMLLimits.scalar >> 10) KiB", at: range,
          help: "put long content into a file of its own and name it with source:")
      }
      let quoted = unsafe scalar.style != YAML_PLAIN_SCALAR_STYLE
      return Event(
        kind: .scalar(unsafe String(decoding: bytes, as: UTF8.self), quoted: quoted), range: range,
        anchor: unsafe text(scalar.anchor), tag: unsafe text(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe raw.data.sequence_start
      return Event(
        kind: .sequenceStart, range: range, anchor: unsafe text(start.anchor),
        tag: unsafe text(start.tag))
    case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, range: range)
    case YAML_MAPPING_START_EVENT:
      let start = unsafe raw.data.mapping_start
      return Event(
        kind: .mappingStart, range: range, anchor: unsafe text(start.anchor),
        tag: unsafe text(start.tag))
    case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, range: range)
    default: return Event(kind: .streamEnd, range: range)
    }
  }

  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe String(cString: pointer)
  }

  /// What stands between two marks, cut at the end of the first line.
  private func range(_ start: yaml_mark_t, _ end: yaml_mark_t) -> SourceRange {
    let isOneLine = start.line == end.line
    return SourceRange(
      file: file, line: Int(start.line) + 1, column: Int(start.column) + 1,
      length: isOneLine && end.index > start.index ? Int(end.index - start.index) : 0)
  }

  private func failure() -> Diagnostic {
    let raw = unsafe parser.pointee
    let problem = unsafe raw.problem.map { unsafe String(cString: $0) } ?? "the text ends early"
    var notes: [Diagnostic.Note] = []
    if let context = unsafe raw.context {
      let mark = unsafe raw.context_mark
      notes = [Diagnostic.Note(unsafe String(cString: context), at: range(mark, mark))]
    }
    let mark = unsafe raw.problem_mark
    return Diagnostic(
      .syntax, problem, at: range(mark, mark), help: SyntaxHelp.help(for: problem), notes: notes)
  }
}
