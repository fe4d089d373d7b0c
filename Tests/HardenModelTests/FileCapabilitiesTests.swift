import HardenModel
import HardenTestSupport
import Testing

@Suite struct FileCapabilitiesTests {
  @Test func `both revisions keep every bit`() {
    for root in [nil, UInt32(0), 1000] {
      let seed = UInt64.random(in: 0 ... .max)
      var random = SeededRandom(seed)
      for _ in 0..<200 {
        let one = FileCapabilities(
          permitted: random.next(), inheritable: random.next(),
          isEffective: .random(using: &random),
          root: root)
        #expect(one.bytes.count == (root == nil ? 20 : 24))
        #expect(FileCapabilities(bytes: one.bytes) == one, "seed \(seed)")
      }
    }
  }

  @Test func `the bytes are little-endian words`() {
    let one = FileCapabilities(permitted: 1 << 10 | 1 << 40, inheritable: 1 << 0, isEffective: true)
    #expect(
      one.bytes == [1, 0, 0, 2, 0, 4, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: [
    [], [1, 0, 0, 2], [UInt8](repeating: 0, count: 20),
    [0, 0, 0, 1] + [UInt8](repeating: 0, count: 8),
    [1, 0, 0, 2] + [UInt8](repeating: 0, count: 17),
    [1, 0, 0, 3] + [UInt8](repeating: 0, count: 16),
    [2, 0, 0, 2] + [UInt8](repeating: 0, count: 16),
  ])
  func `other values are not understood`(bytes: [UInt8]) {
    #expect(FileCapabilities(bytes: bytes) == nil)
  }

  @Test func `the names are those of the kernel's headers`() throws {
    let script =
      #"sed -n 's/^#define \(CAP_[A-Z_]*\)[[:space:]]*\([0-9][0-9]*\)$/\2 \1/p' /usr/include/linux/capability.h | sort -n | tr A-Z a-z"#
    let lines = try Shell.run(script).split(separator: "\n").map(String.init)
    #expect(lines == FileCapabilities.names.enumerated().map { "\($0) \($1)" })
  }
}
