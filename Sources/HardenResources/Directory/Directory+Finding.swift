package import HardenCore
package import HardenSystem

extension Directory: FindableKind {
  package static func mistake(in pattern: String) -> String? { FoundPaths.mistake(in: pattern) }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    let found = try FoundPaths(pattern, .directory, on: host)
    let accounts = try host.accounts()
    return Findings(
      found.paths.map { Found($0.path, FoundPaths.fields($0.path, $0.inode, accounts)) },
      remarks: found.remarks)
  }
}
