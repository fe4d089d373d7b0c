import Foundation
import HardenTestSupport
import Testing

/// The program carries the libraries that it needs of the system's, and asks for none at run time
/// that a host may lack.
@Suite struct LinkingTests {
  @Test func `libraries for names and text are part of the program`() throws {
    let needed = try Self.needed(try Data(contentsOf: URL(filePath: Program.path)))
    #expect(needed.contains { $0.hasPrefix("libc.so") }, "\(needed)")
    for library in ["libaudit", "libcap-ng", "libnettle", "libyaml"] {
      #expect(!needed.contains { $0.hasPrefix(library) }, "\(needed)")
    }
  }

  /// The names of libraries in the strings of the dynamic section (ELF64, little-endian).
  private static func needed(_ file: Data) throws -> [String] {
    func word(_ offset: Int, _ size: Int) -> Int {
      file[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    let (headers, count) = (word(0x20, 8), word(0x38, 2))
    let segments = (0..<count).map { headers + $0 * 56 }
    let dynamic = try #require(segments.first { word($0, 4) == 2 })
    let entries = stride(
      from: word(dynamic + 8, 8), to: word(dynamic + 8, 8) + word(dynamic + 32, 8), by: 16
    ).map { (tag: word($0, 8), value: word($0 + 8, 8)) }
    let address = try #require(entries.first { $0.tag == 5 }).value
    let load = try #require(
      segments.first {
        word($0, 4) == 1 && word($0 + 16, 8) <= address
          && address < word($0 + 16, 8) + word($0 + 32, 8)
      })
    let strings = address - word(load + 16, 8) + word(load + 8, 8)
    return entries.filter { $0.tag == 1 }.map { entry in
      String(decoding: file[(strings + entry.value)...].prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
