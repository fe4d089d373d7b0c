internal import HardenModel
internal import HardenSystem
internal import HardenYAML

/// Reads every file of one load, each once, and gathers what is wrong with all of them.
final class SourceReader {
  /// More files than any baseline has; includes that include each other twice grow without bound.
  private static let limit = 64

  /// What was read, in order.
  private(set) var files: [SourceFile] = []
  /// Texts by the file's name in positions.
  private(set) var texts: [String: String] = [:]
  /// Every mistake and warning.
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether every document that was asked for could be read to its end.
  private(set) var isComplete = true
  /// Places that already are reported as broken text; what a field says of them is no news.
  private var broken: Set<String> = []
  private var documents = 0
  private let given: [String: [UInt8]]
  let version: String

  /// A reader for harden `version`; of the paths in `given` no file is read.
  init(version: String, given: [String: [UInt8]] = [:]) {
    self.version = version
    self.given = given
  }

  /// Whether anything stops the command.
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Adds a mistake, unless its place is known to be broken.
  func report(_ diagnostic: Diagnostic) {
    if let range = diagnostic.range, broken.contains(range.description) { return }
    diagnostics.append(diagnostic)
  }

  /// The document at `place`, nil after a report; `asked` is where an include names it.
  func document(at place: SourcePlace, asked: SourceRange? = nil) -> Node? {
    documents += 1
    guard documents <= Self.limit else {
      // Said once: every further file would say it again.
      if documents == Self.limit + 1 {
        diagnostics.append(
          Diagnostic(.include, "more than \(Self.limit) files are included", at: asked))
      }
      isComplete = false
      return nil
    }
    let bytes: [UInt8]
    do throws(SystemError) {
      let text = given[place.name]
      bytes = if let text { text } else { try place.read(limit: YAMLLimits.bytes) }
    } catch {
      isComplete = false
      diagnostics.append(Self.unreadable(error, place, asked: asked, limit: YAMLLimits.bytes))
      return nil
    }
    record(bytes, at: place)
    texts[place.name] = String(decoding: bytes, as: UTF8.self)
    let document = YAMLDocument(bytes, file: place.name)
    diagnostics += document.diagnostics
    broken.formUnion(document.diagnostics.compactMap(\.range?.description))
    if document.root == nil {
      isComplete = false
      if document.diagnostics.isEmpty {
        diagnostics.append(
          Diagnostic(
            .missingKey, "the file is empty",
            at: SourceRange(file: place.name, line: 1, column: 1), help: "begin with harden: 1"))
      }
    }
    return document.root
  }

  /// Drops everything said about `file` but `diagnostic`, which makes the rest meaningless.
  func reportOnly(_ diagnostic: Diagnostic, about file: String) {
    isComplete = false
    diagnostics.removeAll { $0.range?.file == file }
    diagnostics.append(diagnostic)
  }

  /// The bytes of a file that a resource names, nil after a report into `found`.
  func content(at place: SourcePlace, asked: SourceRange, _ found: inout [Diagnostic]) -> [UInt8]? {
    do throws(SystemError) {
      let bytes = try place.read(limit: Host.contentLimit)
      record(bytes, at: place)
      return bytes
    } catch {
      found.append(Self.unreadable(error, place, asked: asked, limit: Host.contentLimit))
      return nil
    }
  }

  private func record(_ bytes: [UInt8], at place: SourcePlace) {
    let file = SourceFile(path: place.name, sha256: Digest(of: bytes))
    if !files.contains(file) { files.append(file) }
  }

  private static func unreadable(
    _ error: SystemError, _ place: SourcePlace, asked: SourceRange?, limit: Int
  ) -> Diagnostic {
    let range = asked ?? place.start
    guard error.isTooLarge else {
      return Diagnostic(.unreadable, "cannot read \(error.description)", at: range)
    }
    return Diagnostic(
      .tooLarge, "\(place.name) is larger than \(limit >> 20) MiB", at: range)
  }
}
