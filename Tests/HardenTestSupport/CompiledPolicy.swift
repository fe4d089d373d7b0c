#if canImport(Testing)
  import Foundation

  /// Policies that the policy compiler has made of one source with other defaults.
  package enum CompiledPolicy {
    /// The bytes of `Fixtures/policies/<name>.33`.
    package static func bytes(_ name: String) throws -> [UInt8] {
      let file = Snapshot.repository.appending(path: "Fixtures/policies/\(name).33")
      return Array(try Data(contentsOf: file))
    }
  }
#endif
