/// A set of numbers as a binary SELinux policy holds it: two bounds, then blocks of a number and
/// sixty-four bits, in order and none of them empty.
struct SELinuxBitmap: Hashable, Sendable {
  private var blocks: [UInt32: UInt64] = [:]
  private static let width: UInt32 = 64

  /// Reads `bytes`; nil where they would be written otherwise.
  init?(_ bytes: ArraySlice<UInt8>) {
    var place = bytes.startIndex + 12
    while place + 12 <= bytes.endIndex {
      blocks[Self.number(bytes[place..<place + 4])] = Self.number(bytes[place + 4..<place + 12])
      place += 12
    }
    guard self.bytes == Array(bytes) else { return nil }
  }

  func contains(_ number: UInt32) -> Bool {
    blocks[number / Self.width * Self.width, default: 0] & Self.bit(number) != 0
  }

  mutating func set(_ number: UInt32, _ isIn: Bool) {
    let start = number / Self.width * Self.width
    let others = blocks[start, default: 0] & ~Self.bit(number)
    let block = isIn ? others | Self.bit(number) : others
    blocks[start] = block == 0 ? nil : block
  }

  private static func bit(_ number: UInt32) -> UInt64 { 1 << UInt64(number % width) }

  var bytes: [UInt8] {
    let starts = blocks.keys.sorted()
    let end = starts.last.map { $0 &+ Self.width } ?? 0
    return [Self.width, end, UInt32(starts.count)].flatMap(Self.bytes)
      + starts.flatMap { Self.bytes($0) + Self.bytes(blocks[$0, default: 0]) }
  }

  private static func number<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Number {
    bytes.reversed().reduce(0) { $0 << 8 | Number($1) }
  }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
