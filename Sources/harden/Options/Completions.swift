internal import ArgumentParser
internal import HardenCore
internal import HardenModel
internal import HardenResources

/// What a shell offers for an argument.
extension CompletionKind {
  /// Playbooks, and what else is written in their form.
  static var playbooks: CompletionKind { .file(extensions: ["yaml"]) }

  /// Kinds, and codes of mistakes.
  static var explained: CompletionKind {
    .custom { _, _, _ in
      catalog.kinds.map { $0.manual.kind } + DiagnosticCode.allCases.map(\.rawValue)
    }
  }

  /// The runs of this host, newest first, as far as the caller may know them.
  static var runs: CompletionKind {
    .custom { _, _, _ in
      let runs = (try? HostOptions.parse([]).runs()) ?? []
      return runs.reversed().map { String($0.number) }
    }
  }
}
