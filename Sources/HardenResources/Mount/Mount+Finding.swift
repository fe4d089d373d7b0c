package import HardenCore
internal import HardenModel
package import HardenSystem

extension Mount: FindableKind {
  package static func mistake(in pattern: String) -> String? {
    pattern == "*" ? nil : FoundPaths.mistake(in: pattern)
  }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    var paths = Set(try host.mounts().map(\.path))
    // What is not mounted now has no flags that both could have.
    if !host.isLive { paths = Set(try MountBoot.file(host).mounts.map(\.target)) }
    var findings = Findings()
    for path in paths.sorted() where pattern == "*" || FoundPaths.matches(path, pattern) {
      guard AbsolutePath(path) != nil else { continue }
      let now = try host.mount(path)?.flags
      let atBoot = flags(try MountBoot.of(path, on: host))
      let both = now.map { now in atBoot.map(now.intersection) ?? now } ?? atBoot ?? []
      var difference: String?
      if let now, let atBoot, now != atBoot {
        difference = "\(now.sorted().text) now and \(atBoot.sorted().text) at boot"
      }
      guard !both.isEmpty else {
        findings.resources.append(
          Found(path, obstacle: "its flags are \(difference ?? "not known"), and none is the same"))
        continue
      }
      if let difference {
        findings.remarks.append("\(path): \(difference); only what both have is asked for")
      }
      findings.resources.append(
        Found(
          path,
          [
            FoundField("path", .text(path)),
            FoundField("options", .list(both.sorted().map { .text($0.rawValue) })),
          ]))
    }
    return findings
  }

  /// The flags that the next boot gives; nil where nothing tells.
  private static func flags(_ boot: MountBoot) -> Set<MountFlag>? {
    switch boot {
    case .line(let line): MountOptions.flags(line.options)
    case .unit(_, _, let options, _): MountOptions.flags(options)
    case .kernel(let flags): flags
    case .twice, .nothing: nil
    }
  }
}
