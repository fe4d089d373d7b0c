import HardenResources

/// Something that is asked for and that no build has yet, with the kind or the probe that it waits for.
struct Later {
  private let what: String
  private let kind: String?
  private let probe: String?

  init(_ what: String, kind: String? = nil, probe: String? = nil) {
    self.what = what
    self.kind = kind
    self.probe = probe
  }

  /// Whether this build still lacks it: what has come is said by the controls that use it.
  var isMissing: Bool {
    if let kind { return catalog.kind(kind) == nil }
    if let probe {
      return catalog.kind("probe")?.manual.fields.contains { $0.name == probe } != true
    }
    return true
  }

  /// As the page says it.
  var text: String {
    if let kind { return "\(what): the kind `\(kind)`" }
    if let probe { return "\(what): the probe `\(probe)`" }
    return what
  }
}
