package import HardenCore
package import HardenSystem

extension Directory: FindableByPath {
  /// Directories alone, and not what links lead to.
  package static var form: Inode.Form { .directory }

  package static func found(
    at path: String, _ inode: Inode, isNamed: Bool, on host: borrowing Host
  ) throws(SystemError) -> [Found] {
    [Found(path, FoundPaths.fields(path, inode, try host.accounts()))]
  }
}
