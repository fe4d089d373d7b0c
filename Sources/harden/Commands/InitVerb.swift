internal import ArgumentParser
internal import HardenCore
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden init`: a playbook of what is on the host; its plan is empty there.
struct InitVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a playbook of what is on the host.",
    discussion: """
      The playbook is loaded and planned before it is given out, and its plan is empty: what \
      would not hold stands in it as a comment, with the reason. Nothing on the host is changed.

      Patterns are those of a shell; quote them. Kinds that can be read are \(FoundHost.kinds).

      EXAMPLES
        harden init --from-host 'sysctl:kernel.*' mount:/tmp
        harden init --from-host 'user:*' 'service:ssh*' --output web07.yaml
        harden init --from-host 'file:/etc/ssh/*' --root /mnt/image
      """)

  @Option(
    name: .customLong("from-host"), parsing: .upToNextOption,
    help: ArgumentHelp("What to read; may be several, and repeated.", valueName: "kind:pattern"))
  var fromHost: [String]

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp("Write it to a new file, never over another.", valueName: "file"),
    completion: .file())
  var file: String?

  func perform(_ console: Console) throws -> ExitCode {
    let subjects = try fromHost.map(FoundHost.Subject.init)
    guard let file else {
      let text = try sealed(subjects).text
      if console.isJSON {
        try console.print(JSONDocument("playbook", ["text": text], exit: .success))
      } else {
        try console.print(text)
      }
      return .success
    }
    try UserFile.checkAbsent(file)
    let bytes = try child(subjects, console)
    let summary = bytes.prefix { $0 != 0x0A }
    try UserFile.store(Array(bytes.dropFirst(summary.count + 1)), at: file, isNew: true)
    let counts = String(decoding: summary, as: UTF8.self)
    if console.isJSON {
      try console.print(JSONDocument("playbook", ["file": file], exit: .success))
    } else {
      try console.print("\(Escaped.text(file)): \(counts)\n")
    }
    return .success
  }

  /// Reads the host, having given up everything but reading.
  private func sealed(_ subjects: [FoundHost.Subject]) throws -> FoundHost {
    var host = try place.host()
    var seal = Seal()
    host.holdPrivileged()
    seal.finish()
    return try FoundHost(subjects, on: host, history: try place.history())
  }

  /// The same in a process of its own, since what is sealed can write no file: a line with what was
  /// found, and the playbook.
  private func child(_ subjects: [FoundHost.Subject], _ console: Console) throws -> [UInt8] {
    do {
      return try SealedChild.bytes(limit: Host.contentLimit) {
        do {
          let found = try sealed(subjects)
          let (written, left) = found.counts
          let summary =
            counted(written, "resource") + (left == 0 ? "" : ", \(left) left out with the reason")
          return (Array("\(summary)\n\(found.text)".utf8), .success)
        } catch { return ([], console.end(error)) }
      }
    } catch { throw Planning.failure(error) }
  }
}
