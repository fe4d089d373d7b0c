import Foundation
@testable import HardenModel
import HardenTestSupport
import Testing

/// Policies that the policy compiler has made of one source with other defaults.
enum CompiledPolicy {
  static func bytes(_ name: String) throws -> [UInt8] {
    let file = Snapshot.repository.appending(path: "Fixtures/policies/\(name).33")
    return Array(try Data(contentsOf: file))
  }
}

@Suite struct SELinuxPolicyTests {
  @Test func `booleans and their defaults are read`() throws {
    let policy = try #require(SELinuxPolicy(CompiledPolicy.bytes("on")))
    #expect(policy.names == ["allow_reading", "allow_writing", "strict_mode"])
    #expect(policy.names.map(policy.text) == ["on", "on", "off"])
    #expect(policy.isOn("nothing") == nil)
  }

  @Test(arguments: [
    ("off", ["allow_reading": true, "allow_writing": true], "on"),
    ("on", ["allow_reading": false, "allow_writing": false, "strict_mode": false], "off"),
    ("on", ["strict_mode": true], "all"),
    ("all", ["allow_reading": false, "allow_writing": false, "strict_mode": false], "off"),
    ("all", ["nothing": false], "all"),
  ])
  func `setting booleans gives the bytes that the compiler gives`(
    from: String, states: [String: Bool], to: String
  ) throws {
    let policy = try #require(SELinuxPolicy(CompiledPolicy.bytes(from)))
    #expect(policy.setting(states) == (try CompiledPolicy.bytes(to)))
  }

  @Test func `edits of a policy know before, after and neither`() throws {
    let address = Address(kind: "selinux", name: "strict_mode")
    let edit = UnitEdit(address, unit: "strict_mode", before: "off", after: "on")
    let (on, all) = (try CompiledPolicy.bytes("on"), try CompiledPolicy.bytes("all"))
    #expect(FileFormat.policy.applying([edit], to: on) == all)
    #expect(FileFormat.policy.standings(of: [edit], in: on) == [.before])
    #expect(FileFormat.policy.standings(of: [edit], in: all) == [.after])
    #expect(FileFormat.policy.standings(of: [edit], in: [1, 2, 3]) == [.neither])
    #expect(FileFormat.policy.applying([edit], to: [1, 2, 3]) == [1, 2, 3])
    #expect(FileFormat.policy.text(of: "strict_mode", in: all) == "on")
  }

  @Test func `an expression of every kind comes to what it means`() {
    let values: [UInt32: Bool] = [1: true, 2: false]
    func value(_ words: [(kind: UInt32, boolean: UInt32)]) -> Bool? {
      SELinuxPolicy.Conditional(
        place: 0, state: 0, expression: words, whenTrue: [], whenFalse: []
      ).value(values)
    }
    let (yes, no) = ((kind: UInt32(1), boolean: UInt32(1)), (kind: UInt32(1), boolean: UInt32(2)))
    for (kind, results) in [
      (3, [true, true, false]), (4, [true, false, false]), (5, [false, true, false]),
      (6, [true, false, true]), (7, [false, true, false]),
    ] as [(UInt32, [Bool])] {
      let op = (kind: kind, boolean: UInt32(0))
      #expect([value([yes, yes, op]), value([yes, no, op]), value([no, no, op])] == results)
    }
    #expect(value([yes, (2, 0)]) == false)
    for bad in [[], [(3, 0)], [yes, no], [(1, 9)], [yes, yes, (8, 0)]]
      as [[(kind: UInt32, boolean: UInt32)]]
    {
      #expect(value(bad) == nil)
    }
  }
}
