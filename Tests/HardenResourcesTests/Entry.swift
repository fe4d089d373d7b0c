import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import HardenYAML
import Testing

/// Foundation has a type of the same name.
typealias Host = HardenSystem.Host

/// What reading one entry of `ensure:` gives.
struct Entry<Kind: ResourceKind> {
  var resources: [Kind]
  var diagnostics: [Diagnostic]

  /// Reads `yaml`, which stands behind the kind's name.
  init(
    _ yaml: String,
    variables: [String: String] = [:], sources: [String: [UInt8]] = [:]
  ) throws {
    let document = YAMLDocument(Array(yaml.utf8), file: "test.yaml")
    guard let root = document.root else { throw document.diagnostics[0] }
    let reading = Reading(
      expand: { node, _ in Self.expand(node, variables) },
      source: { path, node, found in
        if let bytes = sources[path] { return bytes }
        return Reading.noSource(path, node, &found)
      })
    var fields = Fields(root, of: Kind.manual.kind, reading: reading)
    resources = Kind.read(&fields)
    diagnostics = fields.finish().diagnostics
  }

  var messages: [String] { diagnostics.map(\.message) }

  private static func expand(_ node: Node, _ variables: [String: String]) -> Node {
    var node = node
    switch node.content {
    case .scalar(let text, let quoted):
      // One variable for each scalar is enough here; what it holds is not looked into again.
      let used = variables.first { text.contains("${\($0.key)}") }
      node.content = .scalar(
        used.map { text.replacing("${\($0.key)}", with: $0.value) } ?? text, quoted: quoted)
    case .sequence(let items): node.content = .sequence(items.map { expand($0, variables) })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          var entry = entry
          entry.value = expand(entry.value, variables)
          return entry
        })
    }
    return node
  }
}

extension Owner {
  static let test = Owner(playbook: "base", control: "test")
}

extension Observation {
  /// The planes in one line each.
  var lines: [String] {
    planes.map { plane in
      let at = plane.observedAt.map { " (\($0))" } ?? ""
      return
        "\(plane.plane.rawValue) \(plane.observed ?? "-")\(at) -> \(plane.wanted ?? "-")\(plane.holds ? " holds" : "")"
    }
  }
}

extension ResourceKind {
  /// What is observed below `root`; its steps must lead to what is wanted, and to no more steps.
  func proved(on root: TemporaryRoot) throws -> Observation {
    let host = try Host(root: root.path)
    let observation = try observe(host, for: .test)
    if !observation.steps.isEmpty {
      let again = try observe(host.after(observation.steps, contents: [:]), for: .test)
      #expect(again.holds && again.steps.isEmpty, "\(again)")
    }
    return observation
  }
}
