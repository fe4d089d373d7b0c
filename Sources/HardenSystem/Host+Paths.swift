internal import HardenModel
internal import SystemPackage

extension Host {
  /// The path without links on the way, and without one at the end when `last` is `.follow`.
  package func canonical(_ path: String, last: RootDirectory.LastLink = .keep) throws(SystemError)
    -> String
  {
    guard last == .keep else {
      var plain = try canonical(path)
      var links = 0
      while try inodeOfRoot(plain)?.form == .link,
        let target = try root.trustedLink(plain.dropFirst(), of: path)
      {
        links += 1
        guard links <= 40 else { throw SystemError("readlink", path, .tooManySymbolicLinkLevels) }
        plain = try canonical(
          target.first == "/"
            ? target : "\(plain[...(plain.lastIndex(of: "/") ?? plain.startIndex)])\(target)")
      }
      return plain
    }
    guard let (folder, name) = Self.parts(of: path[...]) else { return try root.canonical(path) }
    let plain = try way(to: folder)
    return plain == folder ? path : plain == "/" ? "/\(name)" : "\(plain)/\(name)"
  }

  /// The path of `folder` without links; many files and folders share one, so it is walked once.
  private func way(to folder: Substring) throws(SystemError) -> String {
    if let known = memory.readings.folders[folder] { return known }
    let plain: String
    if let (above, name) = Self.parts(of: folder) {
      let way = try way(to: above)
      let here = way == "/" ? "/\(name)" : "\(way)/\(name)"
      // Most folders are no links; what a link leads to is walked as a whole.
      let target = try root.trustedLink(here.dropFirst(), of: String(folder))
      plain = target == nil ? here : try root.canonical(here, last: .follow)
    } else {
      plain = try root.canonical(String(folder), last: .follow)
    }
    memory.readings.folders[folder] = plain
    return plain
  }

  /// The folder and the last name of a path; nil where it has one component, or a last one that is
  /// no name.
  private static func parts(of path: Substring) -> (folder: Substring, name: Substring)? {
    guard let slash = path.utf8.lastIndex(of: 0x2F), slash != path.startIndex else { return nil }
    let name = path[path.utf8.index(after: slash)...]
    return name.isEmpty || name == "." || name == ".." ? nil : (path[..<slash], name)
  }
}
