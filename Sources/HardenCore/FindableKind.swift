internal import HardenModel
package import HardenSystem

/// A kind that can be read from a host, for `harden init`.
package protocol FindableKind: ResourceKind {
  /// Why `pattern` can match nothing of the kind on any host; nil where it could.
  static func mistake(in pattern: String) -> String?

  /// What `host` has that matches `pattern`, each as it would be asked for.
  ///
  /// Whether that holds is not for the kind to say: everything is planned before it is given out.
  static func found(on host: borrowing Host, matching pattern: String) throws(SystemError)
    -> Findings
}

extension FindableKind {
  /// The kind itself.
  package static var findable: (any FindableKind.Type)? { Self.self }

  /// Any text that one sees could match.
  package static func mistake(in pattern: String) -> String? {
    pattern.utf8.contains { $0 < 0x20 || $0 == 0x7F } ? "it holds control characters" : nil
  }

  /// Whether `pattern` stands for `name`.
  package static func matches(_ name: String, _ pattern: String) -> Bool {
    Glob.alternatives(pattern).contains { Glob.matches(name[...], $0[...]) }
  }
}

extension Catalog {
  /// The kinds that can be read from a host, in the order of the documentation.
  package var findable: [any FindableKind.Type] {
    kinds.compactMap { $0.findable }
  }
}
