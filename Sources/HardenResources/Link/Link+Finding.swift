package import HardenCore
package import HardenSystem

extension Link: FindableByPath {
  /// Links themselves.
  package static var form: Inode.Form { .link }

  package static func found(
    at path: String, _ inode: Inode, isNamed: Bool, on host: borrowing Host
  ) throws(SystemError) -> [Found] {
    guard let target = try host.linkTarget(path) else { return [] }
    return [Found(path, [FoundField("path", .text(path)), FoundField("target", .text(target))])]
  }
}
