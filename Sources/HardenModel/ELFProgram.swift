/// What the headers of an ELF file tell of the program in it.
package struct ELFProgram: Hashable, Sendable {
  /// Whether it needs no library and no loader.
  package var isStatic: Bool
  /// Whether the kernel may put it anywhere.
  package var isPositionIndependent: Bool

  /// Why there is no program to tell of.
  package struct Mistake: Error, Hashable, Sendable {
    /// One sentence without an end.
    package let message: String
  }

  /// Reads the headers through `piece`, which gives so many bytes from an offset, or fewer at the end.
  ///
  /// Nothing is believed: every offset is only asked for, and every table has a largest size.
  package static func read<Failure: Error>(
    _ piece: (_ offset: UInt64, _ count: Int) throws(Failure) -> [UInt8]
  ) throws(Failure) -> Result<ELFProgram, Mistake> {
    guard let layout = Layout(try piece(0, 64)) else {
      return .failure(Mistake(message: "not an ELF program"))
    }
    let size = layout.isWide ? 56 : 32
    guard layout.entrySize == size, (1...maximumHeaders).contains(layout.count) else {
      return .failure(Mistake(message: "its table of program headers is of no known form"))
    }
    let table = try piece(layout.offset, layout.count * size)
    guard table.count == layout.count * size else { return .failure(cut) }
    var hasLoader = false
    var dynamic: ArraySlice<UInt8> = []
    for index in 0..<layout.count {
      let header = table[(index * size)..<((index + 1) * size)]
      switch layout.number(header, 0, 4) {
      case 3: hasLoader = true
      case 2:
        let offset = layout.word(header, wide: 8, narrow: 4)
        let length = layout.word(header, wide: 32, narrow: 16)
        guard length <= maximumDynamic else {
          return .failure(Mistake(message: "its dynamic section is of no sensible size"))
        }
        dynamic = try piece(offset, Int(length))[...]
        guard dynamic.count == Int(length) else { return .failure(cut) }
      default: break
      }
    }
    let (needs, isMarked) = layout.judge(dynamic)
    return .success(
      ELFProgram(
        isStatic: !hasLoader && !needs,
        isPositionIndependent: layout.isShared && (hasLoader || isMarked)))
  }

  private static let maximumHeaders = 4096
  private static let maximumDynamic: UInt64 = 1 << 20
  private static var cut: Mistake { Mistake(message: "it is cut short") }

  /// The first header: widths, byte order, and where the program headers are.
  private struct Layout {
    let isWide, isBig, isShared: Bool
    var offset: UInt64 = 0
    var (entrySize, count) = (0, 0)

    /// Nil unless `bytes` begin a program or a shared object.
    init?(_ bytes: [UInt8]) {
      guard bytes.count >= 52, bytes[..<4].elementsEqual([0x7F, 0x45, 0x4C, 0x46]),
        (1...2).contains(bytes[4]), (1...2).contains(bytes[5]), bytes[6] == 1,
        bytes.count >= (bytes[4] == 2 ? 64 : 52)
      else { return nil }
      (isWide, isBig) = (bytes[4] == 2, bytes[5] == 2)
      let type = Self.number(bytes[16..<18], isBig)
      guard type == 2 || type == 3 else { return nil }
      isShared = type == 3
      offset = word(bytes[...], wide: 32, narrow: 28)
      entrySize = Int(number(bytes[...], isWide ? 54 : 42, 2))
      count = Int(number(bytes[...], isWide ? 56 : 44, 2))
    }

    func number(_ bytes: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> UInt64 {
      Self.number(bytes.dropFirst(offset).prefix(count), isBig)
    }

    /// An address or offset, whose width and place depend on the class.
    func word(_ bytes: ArraySlice<UInt8>, wide: Int, narrow: Int) -> UInt64 {
      isWide ? number(bytes, wide, 8) : number(bytes, narrow, 4)
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ isBig: Bool) -> UInt64 {
      let ordered = isBig ? Array(bytes) : bytes.reversed()
      return ordered.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Whether the dynamic section asks for a library, and whether it says position-independent.
    func judge(_ section: ArraySlice<UInt8>) -> (needs: Bool, isMarked: Bool) {
      let width = isWide ? 8 : 4
      var (needs, isMarked) = (false, false)
      var rest = section
      while rest.count >= 2 * width {
        let value = number(rest, width, width)
        switch number(rest, 0, width) {
        case 0: return (needs, isMarked)
        case 1: needs = true
        // DT_FLAGS_1 with DF_1_PIE.
        case 0x6FFF_FFFB: isMarked = value & 0x0800_0000 != 0
        default: break
        }
        rest = rest.dropFirst(2 * width)
      }
      return (needs, isMarked)
    }
  }
}
