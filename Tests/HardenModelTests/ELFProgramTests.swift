import Foundation
import HardenTestSupport
import Testing

@testable import HardenModel

@Suite struct ELFProgramTests {
  static func read(_ bytes: [UInt8]) -> Result<ELFProgram, ELFProgram.Mistake> {
    ELFProgram.read { offset, count in
      Array(bytes.dropFirst(Int(clamping: offset)).prefix(count))
    }
  }

  /// What `cc` makes of an empty program, and what readelf says of it.
  private func compiled(_ options: String) throws -> [UInt8] {
    let root = try TemporaryRoot(withAccounts: false)
    let path = root.outside("/a")
    try Shell.run("echo 'int main(void){return 0;}' | cc \(options) -x c -o \(path) -")
    return try Array(Data(contentsOf: URL(filePath: path)))
  }

  @Test(arguments: [
    ("-no-pie", false, false), ("-pie -fPIE", false, true), ("-static", true, false),
    ("-static-pie -fPIE", true, true), ("-shared -fPIC -Wl,--no-as-needed", false, false),
    ("-shared -fPIC -nostdlib", true, false),
  ])
  func `what a linker made`(options: String, isStatic: Bool, isPositionIndependent: Bool) throws {
    let program = ELFProgram(isStatic: isStatic, isPositionIndependent: isPositionIndependent)
    #expect(try Self.read(compiled(options)) == .success(program), "\(options)")
  }

  /// A header with one program header of `type` and, where it is dynamic, one entry of its section.
  static func made(
    wide: Bool, big: Bool, shared: Bool, type: Int, entry: (Int, Int) = (0, 0)
  ) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return big ? bytes.reversed() : bytes
    }
    let word = wide ? 8 : 4
    let (header, size) = wide ? (64, 56) : (52, 32)
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, wide ? 2 : 1, big ? 2 : 1, 1]
    bytes += [UInt8](repeating: 0, count: 9) + number(shared ? 3 : 2, 2) + number(0, 6)
    bytes += number(0, word) + number(header, word)
    bytes += [UInt8](repeating: 0, count: header - 10 - bytes.count)
    bytes += number(size, 2) + number(1, 2) + number(0, 6)
    var program = number(type, 4) + (wide ? number(0, 4) : []) + number(header + size, word)
    program += [UInt8](repeating: 0, count: 2 * word) + number(2 * word, word)
    bytes += program + [UInt8](repeating: 0, count: size - program.count)
    return bytes + number(entry.0, word) + number(entry.1, word)
  }

  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func `both widths and both orders of bytes`(wide: Bool, big: Bool) {
    let make = { (shared: Bool, type: Int, entry: (Int, Int)) in
      Self.read(Self.made(wide: wide, big: big, shared: shared, type: type, entry: entry))
    }
    let found = { (isStatic: Bool, isPIE: Bool) in
      Result<ELFProgram, ELFProgram.Mistake>.success(
        ELFProgram(isStatic: isStatic, isPositionIndependent: isPIE))
    }
    #expect(make(false, 1, (0, 0)) == found(true, false))
    #expect(make(false, 3, (0, 0)) == found(false, false))
    #expect(make(true, 3, (0, 0)) == found(false, true))
    #expect(make(true, 2, (1, 7)) == found(false, false))
    #expect(make(true, 2, (0x6FFF_FFFB, 0x0800_0000)) == found(true, true))
    #expect(make(false, 2, (0x6FFF_FFFB, 0x0800_0000)) == found(true, false))
  }

  @Test func `a file that ends anywhere is no program, and none is read past its end`() {
    let whole = Self.made(wide: true, big: false, shared: true, type: 2, entry: (1, 1))
    for length in 0..<whole.count {
      guard case .failure = Self.read(Array(whole.prefix(length))) else {
        Issue.record("\(length) bytes pass for a program")
        return
      }
    }
  }

  @Test func `sizes and offsets that cannot be are believed by nobody`() {
    var bytes = Self.made(wide: true, big: false, shared: true, type: 2)
    for index in 32..<40 { bytes[index] = 0xFF }
    #expect(Self.read(bytes) == .failure(.init(message: "it is cut short")))
    bytes = Self.made(wide: true, big: false, shared: true, type: 2)
    for index in 96..<104 { bytes[index] = 0xFF }
    #expect(
      Self.read(bytes) == .failure(.init(message: "its dynamic section is of no sensible size")))
    bytes = Self.made(wide: true, big: false, shared: true, type: 2)
    bytes[56] = 0xFF
    bytes[57] = 0xFF
    #expect(
      Self.read(bytes)
        == .failure(.init(message: "its table of program headers is of no known form")))
    #expect(Self.read(Array("#!/bin/sh\n".utf8)) == .failure(.init(message: "not an ELF program")))
  }
}
