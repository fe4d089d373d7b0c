internal import HardenModel

/// One step of libyaml through a document.
struct Event {
  /// What was met.
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(String, quoted: Bool)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  /// What was met.
  var kind: Kind
  /// Where it stands.
  var range: SourceRange
  /// The name behind `&`.
  var anchor: String?
  /// What the tag means, with its prefix written out.
  var tag: String?

  /// Whether nothing at all stands here, as after `key:`.
  var isNothing: Bool {
    if case .scalar("", quoted: false) = kind { anchor == nil && tag == nil } else { false }
  }
}
