import HardenTestSupport
import Testing

@testable import HardenModel

@Suite struct SELinuxPolicyReaderTests {
  @Test func `everything before the conditions is stepped over`() throws {
    var reader = SELinuxPolicyReader(try CompiledPolicy.bytes("off"))
    let read = reader.read()
    let found = try #require(read)
    #expect(found.types.map(\.name).sorted() == ["ordinary", "plain", "special"])
    #expect(found.permissive.count == 24)
    #expect(
      found.booleans.map(\.name).sorted() == ["allow_reading", "allow_writing", "strict_mode"])
    #expect(Set(found.booleans.map(\.number)) == [1, 2, 3])
    #expect(found.conditionals.map(\.expression.count).sorted() == [1, 3, 4, 7])
    #expect(found.conditionals.map(\.whenTrue.count).sorted() == [1, 1, 1, 2])
  }

  @Test func `what is no policy, or a later one, is not taken for one`() throws {
    let good = try CompiledPolicy.bytes("on")
    for (place, byte) in [(0, 0), (8, 0x73), (16, 35), (16, 23), (24, 7)] as [(Int, UInt8)] {
      var bad = good
      bad[place] = byte
      #expect(SELinuxPolicy(bad) == nil, "byte \(place)")
    }
    #expect(SELinuxPolicy([]) == nil)
  }

  @Test func `a policy that ends too early is none`() throws {
    let good = try CompiledPolicy.bytes("on")
    // The conditions end where initial labels begin; what follows does not matter.
    let end = try #require((0...good.count).first { SELinuxPolicy(Array(good[..<$0])) != nil })
    #expect(end > 1000 && end < good.count)
    #expect(SELinuxPolicy(Array(good[..<(end - 1)])) == nil)
  }

  @Test func `damaged bytes are read to an end`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let good = try CompiledPolicy.bytes("all")
    for _ in 0..<2000 {
      var bad = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bad[Int.random(in: bad.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let policy = SELinuxPolicy(bad)
      #expect(
        policy.map { $0.setting(["strict_mode": false]).count } ?? bad.count == bad.count,
        "seed \(seed)")
    }
  }
}
