package import HardenCore

extension Shape {
  /// The shape in words, for tables of a manual.
  package var words: String {
    switch self {
    case .text: "text"
    case .pattern(_, let example):
      // Long examples, such as digests, fill no line of a page.
      "text like `\(example.count > 40 ? "\(example.prefix(12))…" : example)`"
    case .boolean: "`true` or `false`"
    case .integer(let range): Self.integer(range)
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let item): "list of \(item.words)"
    case .mapping(let value): "mapping to \(value.words)"
    case .object(let fields): "{\(fields.map(\.name).joined(separator: ", "))}"
    case .either(let shapes): shapes.map(\.words).joined(separator: ", or ")
    case .named(let name): "a \(name)"
    }
  }

  private static func integer(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (Int.min, Int.max): "whole number"
    case (let low, Int.max): "whole number from \(low)"
    case (Int.min, let high): "whole number to \(high)"
    case (let low, let high): "whole number from \(low) to \(high)"
    }
  }
}
