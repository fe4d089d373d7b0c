package import HardenCore
package import HardenSystem

extension Link: FindableKind {
  package static func mistake(in pattern: String) -> String? { FoundPaths.mistake(in: pattern) }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    let found = try FoundPaths(pattern, .link, on: host)
    var findings = Findings(remarks: found.remarks)
    for (path, _) in found.paths {
      guard let target = try host.linkTarget(path) else { continue }
      findings.resources.append(
        Found(path, [FoundField("path", .text(path)), FoundField("target", .text(target))]))
    }
    return findings
  }
}
