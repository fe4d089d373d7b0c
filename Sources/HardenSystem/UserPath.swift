internal import HardenModel
internal import Glibc

/// Paths as a person typed them.
package enum UserPath {
  /// `path`, which begins at the root, without `.`, `..` and doubled or trailing slashes: the place
  /// where the kernel finds it.
  ///
  /// `..` leads above where a link leads, and not above the link; a link that is followed by none
  /// stays in the path.
  package static func plain(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(at: "/") where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      if let place = place(ofLink: "/" + parts.joined(separator: "/")) {
        parts = place.split(at: "/")
      }
      _ = parts.popLast()
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Where the link at `path` leads, without links on the way; nil where it is none, or leads nowhere.
  private static func place(ofLink path: String) -> String? {
    guard let inode = try? Inode.read(path, in: AT_FDCWD), inode.form == .link,
      let place = unsafe realpath(path, nil)
    else { return nil }
    defer { unsafe free(place) }
    return unsafe String(validatingCString: place)
  }
}
