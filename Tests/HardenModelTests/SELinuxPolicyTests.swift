import Foundation
@testable import HardenModel
import HardenTestSupport
import Testing

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

  // MARK: Permissive domains

  @Test func `types are told from other names`() throws {
    let policy = try #require(SELinuxPolicy(CompiledPolicy.bytes("off")))
    #expect(policy.typeNames == ["plain", "special"])
    #expect(policy.typeNames.map(policy.isPermissive) == [false, true])
    #expect(policy.text(of: "permissive special") == "on")
    #expect(policy.isPermissive("ordinary") == nil)
    #expect(policy.kin(of: "ordinary") == .alias(of: "plain"))
    #expect(policy.kin(of: "plain") == nil && policy.kin(of: "nothing") == nil)
  }

  @Test(arguments: [
    ("off", ["permissive plain": true], "permissive"),
    ("permissive", ["permissive plain": false], "off"),
    ("off", ["permissive special": false], "enforcing"),
    ("enforcing", ["permissive special": true], "off"),
    ("off", ["permissive ordinary": true, "permissive domain": true], "off"),
    (
      "permissive",
      ["permissive plain": false, "allow_reading": true, "allow_writing": true], "on"
    ),
  ])
  func `making domains permissive gives the bytes that the compiler gives`(
    from: String, states: [String: Bool], to: String
  ) throws {
    let policy = try #require(SELinuxPolicy(CompiledPolicy.bytes(from)))
    #expect(policy.setting(states) == (try CompiledPolicy.bytes(to)))
  }

  @Test func `among many types the bytes are those of the compiler, too`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let root = try TemporaryRoot(withAccounts: false)
    let source =
      String(
        decoding: try Data(
          contentsOf: Snapshot.repository.appending(path: "Fixtures/policies/small.cil")),
        as: UTF8.self
      ).replacing("@1@", with: "true").replacing("@2@", with: "false").replacing(
        "@3@", with: "true")
      + (0..<300).map { "(type t\($0))\n(roletype worker t\($0))\n" }.joined()
      // The compiler keeps a group of types only where a rule is for it.
      + "(typeattribute many)\n(typeattributeset many (plain t1 t2 t3))\n(allow many many (file (open)))\n"
    func compiled(_ names: some Sequence<String>) throws -> [UInt8] {
      root.write("/p.cil", source + names.map { "(typepermissive \($0))\n" }.joined())
      try Shell.run("cd \(root.path) && secilc -c 33 -f /dev/null -o p.33 p.cil")
      return Array(try Data(contentsOf: URL(filePath: root.outside("/p.33"))))
    }
    var permissive: Set<String> = []
    var policy = try #require(SELinuxPolicy(compiled([])))
    #expect(policy.kin(of: "many") == .attribute && policy.isPermissive("many") == nil)
    for _ in 0..<8 {
      let changed = Set(
        (0..<Int.random(in: 1...9, using: &random)).map { _ in
          "t\(Int.random(in: 0..<300, using: &random))"
        })
      let states = changed.map { (SELinuxPolicy.permissive($0), !permissive.contains($0)) }
      permissive.formSymmetricDifference(changed)
      policy = try #require(
        SELinuxPolicy(policy.setting(Dictionary(uniqueKeysWithValues: states))), "seed \(seed)")
      #expect(policy.bytes == (try compiled(permissive.sorted())), "seed \(seed)")
    }
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
