import Foundation
import HardenCore
import HardenModel
import HardenResources
import HardenSystem
import HardenTestSupport
import HardenViews

@testable import HardenPlaybook

/// A directory with playbooks and a host to load them on.
struct Loading {
  let folder: TemporaryRoot
  let host: TemporaryRoot
  static let version = "0.1.0"
  static let today = "2026-11-21"

  init() throws {
    folder = try TemporaryRoot(withAccounts: false)
    host = try TemporaryRoot()
  }

  /// Writes `text` to `file` and loads it.
  func load(
    _ text: String, file: String = "playbook.yaml", set: [String: String] = [:],
    profile: String? = nil
  ) throws -> LoadedPlaybooks {
    folder.write("/\(file)", text)
    return try load(
      LoadRequest(
        paths: [folder.outside("/\(file)")], set: set, profile: profile,
        library: folder.outside("/library"), version: Self.version, today: Self.today))
  }

  /// Loads what `request` names.
  func load(_ request: LoadRequest) throws -> LoadedPlaybooks {
    PlaybookLoader(catalog: catalog).load(request, on: try Host(root: host.path))
  }

  /// The codes of `loaded`, with line and column.
  static func codes(_ loaded: LoadedPlaybooks) -> [String] {
    loaded.diagnostics.map {
      "\($0.code.rawValue) \($0.range?.line ?? 0):\($0.range?.column ?? 0)"
    }
  }

  /// A playbook with `body` below its first keys.
  static func playbook(_ body: String) -> String { "harden: 1\nname: example\n" + body }

  /// A control with one resource that every kernel has.
  static func control(_ id: String, _ more: String = "") -> String {
    "  - {id: \(id), ensure: [sysctl: {key: kernel.sysrq, value: 0}]\(more)}\n"
  }
}
