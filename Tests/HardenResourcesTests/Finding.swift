import HardenCore
import HardenSystem
import HardenTestSupport

extension FindableKind {
  /// What is found below `root`, each in one line.
  static func lines(_ pattern: String, on root: TemporaryRoot) throws -> [String] {
    try found(on: Host(root: root.path), matching: pattern).resources.map(\.line)
  }
}

extension Found {
  /// Its fields, or what stands in the way.
  var line: String {
    obstacle.map { "\(name)! \($0)" } ?? fields.map(\.line).joined(separator: " ")
  }
}

extension FoundField {
  fileprivate var line: String { "\(key)=\(value.line)" }
}

extension FoundValue {
  fileprivate var line: String {
    switch self {
    case .text(let text): "'\(text)'"
    case .number(let text): text
    case .flag(let flag): "\(flag)"
    case .list(let values): "[\(values.map(\.line).joined(separator: ","))]"
    case .mapping(let fields): "{\(fields.map(\.line).joined(separator: ","))}"
    }
  }
}
