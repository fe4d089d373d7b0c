internal import HardenModel
internal import HardenSystem

/// Everything about audit rules that the resources of one plan share.
struct AuditSources: Sendable {
  /// Our own file.
  var own: AuditFile
  /// What stands at its path.
  var ownForm: Inode.Form?
  /// The joined files.
  var compiled: AugenRules
  /// What the next boot makes of them.
  var boot: AuditBoot
  /// Where rules are loaded, by files that are not ours.
  var foreign: [AuditRuleData: Place] = [:]
  /// Where each rule is loaded.
  var loaded: [AuditRuleData: Place] = [:]
  /// The lines that augenrules would join, by where they come from.
  var lines: [Place: [UInt8]] = [:]
  /// The rules of the next boot in the order in which they are matched.
  var order: AuditOrder
  /// The lines of audit.rules as it is on the disk.
  var written: Set<[UInt8]>
  /// Whether augenrules is there to load them at boot.
  var isLoadedAtBoot: Bool
  /// Whether the folder exists.
  var hasFolder: Bool

  /// The sources of `host`.
  static func of(_ host: borrowing Host) throws(SystemError) -> AuditSources {
    try host.once("audit sources") { host throws(SystemError) in
      let compiled = try AugenRules.of(host)
      let boot = try AuditBoot.of(host)
      let written = try host.contents(CompileAuditRules.path, last: .follow) ?? []
      var loader = false
      for path in ["/usr/sbin/augenrules", "/sbin/augenrules"] where !loader {
        loader = try host.inodeFollowing(path) != nil
      }
      var sources = AuditSources(
        own: AuditFile(try host.contents(AuditFile.path) ?? []),
        ownForm: try host.inode(AuditFile.path)?.form, compiled: compiled, boot: boot,
        order: AuditOrder(boot.rules.map(\.rule)),
        written: Set(written.split(separator: 0x0A).map(Array.init)), isLoadedAtBoot: loader,
        hasFolder: try host.inode(CompileAuditRules.folder) != nil)
      for entry in boot.mentioned where entry.place.path != AuditFile.path {
        if sources.foreign[entry.rule] == nil { sources.foreign[entry.rule] = entry.place }
      }
      for line in compiled.lines where sources.lines[line.place] == nil {
        sources.lines[line.place] = line.bytes
      }
      for entry in boot.rules { sources.loaded[entry.rule] = entry.place }
      return sources
    }
  }

  /// Why nothing of ours can be written or would be loaded; nil when it can and would.
  var obstacle: String? {
    if let path = compiled.unreadable.first { return "\(path) cannot be read" }
    if let ownForm, ownForm != .file {
      return "\(AuditFile.path) is not a regular file; move it away"
    }
    if let line = compiled.lines.first(where: { $0.glued != nil }), let glued = line.glued {
      return "\(line.place) has no final newline, so at boot \(glued) is joined to it; add one"
    }
    if let open = compiled.unterminated, open.path != AuditFile.path {
      return "\(open) has no final newline, so at boot the next line would be joined to it; add one"
    }
    return boot.stop(before: AuditFile.path)?.sentence
  }

  /// The directory step, where the folder is not there yet.
  var folderStep: [Step] {
    hasFolder
      ? []
      : [
        .writeFile(
          WriteFile(
            path: CompileAuditRules.folder, before: .absent,
            after: FileState(.directory, .ofRoot(Mode(0o750)))))
      ]
  }
}

/// The kernel's rules with their order, for many look-ups.
struct AuditKernel: Sendable {
  var state: AuditState
  var order: AuditOrder

  /// What `host` holds; nil where that cannot be known.
  static func of(_ host: borrowing Host) throws(SystemError) -> AuditKernel? {
    try host.once("audit kernel") { host throws(SystemError) -> AuditKernel? in
      guard case .state(let state) = try host.audit() else { return nil }
      return AuditKernel(state: state, order: AuditOrder(state.rules))
    }
  }
}

extension AuditBoot.Failed {
  /// What is said where loading stops at this line.
  var sentence: String { "loading at boot stops at \(place), because \(reason); correct that line" }
}
