import HardenResources

/// Something that is asked for and that no build has yet, with the kind that it waits for.
struct Later {
  private let what: String
  private let kind: String?

  init(_ what: String, kind: String? = nil) {
    self.what = what
    self.kind = kind
  }

  /// Whether this build still lacks it: what has come is said by the controls that use it.
  var isMissing: Bool {
    if let kind { return catalog.kind(kind) == nil }
    return true
  }

  /// As the page says it.
  var text: String {
    if let kind { return "\(what): the kind `\(kind)`" }
    return what
  }
}
