package import HardenCore
internal import HardenModel
package import HardenSystem

extension FileCapability: FindableKind {
  package static func mistake(in pattern: String) -> String? { FoundPaths.mistake(in: pattern) }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    let found = try FoundPaths(pattern, .file, on: host)
    let isNamed = !FoundPaths.isPattern(pattern)
    var findings = Findings(remarks: found.remarks)
    for (path, _) in found.paths {
      let attribute = try host.xattrs(path)[FileCapabilities.attribute]
      // Of many files those count that have any.
      guard attribute != nil || isNamed else { continue }
      let text = attribute.map { FileCapabilities(bytes: $0.raw)?.text } ?? "none"
      findings.resources.append(
        text.map { text in
          Found(path, [FoundField("path", .text(path)), FoundField("capabilities", .text(text))])
        } ?? Found(path, obstacle: "its attribute is none that a kernel takes"))
    }
    return findings
  }
}
