internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

extension Host {
  /// Everything that harden can put back at `path`, with the bytes of a regular file.
  ///
  /// Owners are numbers here, since a name may mean somebody else by the time of the undoing.
  package func capture(_ path: String) throws(SystemError) -> (state: FileState, content: [UInt8]) {
    guard let inode = try inode(path) else { return (.absent, []) }
    var attributes = Attributes(
      owner: .id(inode.owner), group: .id(inode.group), mode: inode.mode)
    switch inode.form {
    case .link:
      attributes.mode = nil
      return (FileState(.link(try linkTarget(path) ?? ""), attributes), [])
    case .special(let name):
      return (FileState(.special(name), attributes), [])
    case .directory:
      attributes.xattrs = try xattrs(path)
      attributes.flags = try flags(path)
      return (FileState(.directory, attributes, modified: inode.modified), [])
    case .file:
      attributes.xattrs = try xattrs(path)
      attributes.flags = try flags(path)
      let content = try contents(path, limit: Host.contentLimit) ?? []
      return (FileState(.file(Digest(of: content)), attributes, modified: inode.modified), content)
    }
  }
}
