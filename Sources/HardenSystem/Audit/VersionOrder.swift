/// The order of `ls -v`: digits count as numbers, `~` comes before everything, letters before other
/// bytes, and what looks like the ending of a file counts last.
enum VersionOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (one, other) = (Array(left.utf8), Array(right.utf8))
    let short = compare(one[..<ending(one)], other[..<ending(other)])
    if short != 0 { return short < 0 }
    let whole = compare(one[...], other[...])
    return whole == 0 ? one.lexicographicallyPrecedes(other) : whole < 0
  }

  /// Where endings such as `.tar.gz` begin.
  private static func ending(_ name: [UInt8]) -> Int {
    var end = name.count
    while let dot = name[..<end].lastIndex(of: 0x2E), dot > 0, dot + 1 < end,
      isLetter(name[dot + 1]) || name[dot + 1] == 0x7E,
      name[(dot + 1)..<end].allSatisfy({ isLetter($0) || isDigit($0) || $0 == 0x7E })
    {
      end = dot
    }
    return end
  }

  private static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    var (left, right) = (left, right)
    while !left.isEmpty || !right.isEmpty {
      while left.first.map({ !isDigit($0) }) ?? false || right.first.map({ !isDigit($0) }) ?? false
      {
        let difference = rank(left.first) - rank(right.first)
        if difference != 0 { return difference }
        left = left.dropFirst()
        right = right.dropFirst()
      }
      let one = left.prefix(while: isDigit)
      let other = right.prefix(while: isDigit)
      left = left.dropFirst(one.count)
      right = right.dropFirst(other.count)
      let (a, b) = (Array(one.drop { $0 == 0x30 }), Array(other.drop { $0 == 0x30 }))
      if a.count != b.count { return a.count - b.count }
      if a != b { return a.lexicographicallyPrecedes(b) ? -1 : 1 }
    }
    return 0
  }

  private static func rank(_ byte: UInt8?) -> Int {
    guard let byte else { return -1 }
    if isDigit(byte) { return 0 }
    if isLetter(byte) { return Int(byte) }
    return byte == 0x7E ? -2 : Int(byte) + 256
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
