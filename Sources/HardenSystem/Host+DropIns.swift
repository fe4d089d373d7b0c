internal import HardenModel

/// Folders of small files that add up to one configuration.
extension Host {
  /// The files in `folders` whose names end in `.conf`, sorted by name; of one name that in the first
  /// folder counts, as systemd and kmod have it.
  ///
  /// `own` is a file that counts for its name wherever else that stands, also before it is made.
  package func dropIns(in folders: [String], own: String? = nil) throws(SystemError)
    -> [(name: String, path: String)]
  {
    var paths: [String: String] = [:]
    if let own { paths[own.lastComponent] = own }
    for folder in folders {
      for name in try entries(folder) where name.hasSuffix(".conf") {
        if paths[name] == nil { paths[name] = "\(folder)/\(name)" }
      }
    }
    return paths.map { (name: $0.key, path: $0.value) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
