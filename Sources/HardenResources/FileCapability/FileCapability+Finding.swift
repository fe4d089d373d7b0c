package import HardenCore
internal import HardenModel
package import HardenSystem

extension FileCapability: FindableByPath {
  /// Programs are regular files, and links to them have no capabilities.
  package static var form: Inode.Form { .file }

  package static func found(
    at path: String, _ inode: Inode, isNamed: Bool, on host: borrowing Host
  ) throws(SystemError) -> [Found] {
    let attribute = try host.xattrs(path)[FileCapabilities.attribute]
    // Of many files those count that have any.
    guard attribute != nil || isNamed else { return [] }
    guard let text = attribute.map({ FileCapabilities(bytes: $0.raw)?.text }) ?? "none" else {
      return [Found(path, obstacle: "its attribute is none that a kernel takes")]
    }
    return [
      Found(path, [FoundField("path", .text(path)), FoundField("capabilities", .text(text))])
    ]
  }
}
