/// Figures against their limits, printed as they come.
struct Table {
  private var isWithin = true

  /// Prints one figure.
  mutating func add(_ name: String, _ value: Double, limit: Double, unit: String = "ms") {
    let holds = value <= limit
    isWithin = isWithin && holds
    let tenths = Int((value * 10).rounded())
    let figure = "\(tenths / 10).\(tenths % 10)"
    print(
      name + Self.spaces(24 - name.count), Self.spaces(6 - figure.count) + figure, unit,
      "(limit \(Int(limit)))", holds ? "" : "TOO MUCH")
  }

  private static func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }

  /// Whether every figure was within its limit.
  func finish() -> Bool { isWithin }
}
