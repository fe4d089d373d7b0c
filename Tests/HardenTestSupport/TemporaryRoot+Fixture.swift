import Foundation
import Glibc

extension TemporaryRoot {
  /// Makes the host that `folder` describes: `host/` holds its files, and `host.manifest` says of
  /// each path its mode, its owner and group by number, or for a link `->` and its target.
  package func fill(from folder: URL) throws {
    let host = folder.appending(path: "host")
    for name in FileManager.default.enumerator(atPath: host.path())?.compactMap({ $0 as? String })
      ?? []
    {
      guard let data = FileManager.default.contents(atPath: host.appending(path: name).path())
      else { continue }
      write("/\(name)", Array(data))
    }
    let manifest = try String(contentsOf: folder.appending(path: "host.manifest"), encoding: .utf8)
    for line in manifest.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 2 else { continue }
      if words[1] == "->" {
        link(words[0], to: words[2])
        continue
      }
      if mode(words[0]) == nil { makeDirectory(words[0]) }
      let owners =
        words.dropFirst(2).first?.split(separator: ":").compactMap { UInt32($0) } ?? [0, 0]
      chown(outside(words[0]), owners[0], owners[1])
      chmod(outside(words[0]), mode_t(Int(words[1], radix: 8) ?? 0o644))
    }
  }
}
