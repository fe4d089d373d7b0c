import Foundation
import HardenCore
import HardenModel
import HardenResources
import HardenSystem
import HardenTestSupport
import HardenViews

@testable import HardenPlaybook

/// One folder of `Fixtures/playbooks` and what loading it says.
struct PlaybookFixture: CustomStringConvertible {
  let name: String
  var description: String { name }

  static let root = Snapshot.repository.appending(path: "Fixtures/playbooks")

  /// Every folder with a playbook.
  static let all: [PlaybookFixture] =
    ((try? FileManager.default.contentsOfDirectory(atPath: root.path())) ?? []).sorted()
    .filter { FileManager.default.fileExists(atPath: root.path() + "/\($0)/playbook.yaml") }
    .map(PlaybookFixture.init)

  private func path(_ file: String) -> String { Self.root.path() + "/\(name)/\(file)" }

  private func files(_ file: String) -> [String] {
    FileManager.default.fileExists(atPath: path(file)) ? [path(file)] : []
  }

  /// Loads it on an offline Debian.
  func load() throws -> LoadedPlaybooks {
    let host = try TemporaryRoot()
    host.write("/etc/hostname", "build\n")
    let request = LoadRequest(
      paths: [path("playbook.yaml")], variableFiles: files("vars.yaml"),
      waiverFiles: files("waivers.yaml"), library: Self.root.path() + "/library",
      version: Loading.version, today: Loading.today)
    // Few kinds, so that a message that lists them stays the same when one is added.
    let few = Catalog(Array(catalog.kinds.prefix(3)), later: ["firewall"])
    return PlaybookLoader(catalog: few).load(request, on: try Host(root: host.path))
  }

  /// The diagnostics as people see them, without where the repository lies.
  func text(_ loaded: LoadedPlaybooks) -> String {
    DiagnosticView(loaded.diagnostics, texts: loaded.texts).text(.plain)
      .replacingOccurrences(of: Self.root.path() + "/\(name)/", with: "")
      .replacingOccurrences(of: Self.root.path() + "/", with: "")
  }
}
