import Glibc
import HardenModel
import HardenPlaybook
import HardenResources
import HardenViews

/// Reads a playbook as `harden check` does.
enum PlaybookFuzzing {
  static func run(_ bytes: [UInt8]) throws {
    let path = "/dev/shm/harden-fuzz-\(getpid()).yaml"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    try require(file >= 0 && write(file, bytes, bytes.count) == bytes.count, "\(path): no room")
    close(file)
    defer { unlink(path) }
    let request = LoadRequest(paths: [path], library: "/nowhere", version: "1.0.0")
    let loaded = PlaybookLoader(catalog: catalog).check(request)
    try requireHarmless(DiagnosticView(loaded.diagnostics, texts: loaded.texts).text(.plain))
    let errors = loaded.diagnostics.contains { $0.severity == .error }
    try require(
      errors == (loaded.baseline == nil), "what counts as read does not follow the mistakes")
    for diagnostic in loaded.diagnostics {
      guard let range = diagnostic.range else { continue }
      try require(
        range.line >= 1 && range.column >= 1, "a mistake is nowhere: \(diagnostic.message)")
    }
  }
}
