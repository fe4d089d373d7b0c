import Foundation
import HardenCore
import HardenModel
import Testing

@testable import HardenResources

@Suite struct SysctlTests {
  @Test func `one key, many keys, and a mapping`() throws {
    let one = try Entry<Sysctl>("{key: kernel.kptr_restrict, value: 2}")
    #expect(one.resources == [Sysctl(SysctlKey(path: "kernel/kptr_restrict"), SysctlWanted("2"))])
    #expect(one.resources.first?.address.description == "sysctl[kernel.kptr_restrict]")
    let many = try Entry<Sysctl>("{key: [a.b, c/d], value: \"${n}\"}", variables: ["n": "7"])
    #expect(many.resources.map(\.key.path) == ["a/b", "c/d"])
    #expect(many.resources.map(\.wanted.set) == ["7", "7"])
    let set = try Entry<Sysctl>(
      "{set: {a.b: 1, a.c: {any: [1, 2], set: \"${n}\"}}}", variables: ["n": "2"])
    #expect(set.messages == [])
    #expect(set.resources.map(\.wanted.set) == ["1", "2"])
  }

  @Test func `a missing key is accepted unless the playbook insists`() throws {
    #expect(try Entry<Sysctl>("{key: a.b, value: 1}").resources[0].isMissingAllowed)
    #expect(
      try !Entry<Sysctl>("{key: a.b, value: 1, if_missing: refuse}").resources[0].isMissingAllowed)
  }

  @Test func `persist says whether more than the running kernel counts`() throws {
    let set = try Entry<Sysctl>("{persist: false, set: {a.b: 1, a.c: 2}}")
    #expect(set.resources.map(\.isPersistent) == [false, false])
    #expect(
      try Entry<Sysctl>("{key: a.b, value: 1, persist: false}").resources[0].isPersistent == false)
    #expect(
      try Entry<Sysctl>("{key: a.b, value: 1, persist: true}").resources
        == Entry<Sysctl>("{key: a.b, value: 1}").resources)
  }

  @Test func `plans of keys that persist are written as ever`() throws {
    let usual = try Entry<Sysctl>("{key: a.b, value: 1}").resources[0]
    #expect(!String(decoding: try JSONEncoder().encode(usual), as: UTF8.self).contains("ersist"))
    let unkept = Sysctl(SysctlKey(path: "a/b"), SysctlWanted("1"), isPersistent: false)
    #expect(try JSONDecoder().decode(Sysctl.self, from: JSONEncoder().encode(unkept)) == unkept)
  }

  @Test(arguments: [
    ("{}", "sysctl needs key and value, or set"),
    ("{key: a.b}", "sysctl needs 'value'"),
    ("{value: 1}", "sysctl needs 'key'"),
    ("{key: a.b, value: 1, set: {a.b: 1}}", "sysctl has set and also key or value"),
    ("{key: a.b, valeu: 1}", "sysctl needs 'value'"),
  ])
  func `mistakes`(yaml: String, message: String) throws {
    let entry = try Entry<Sysctl>(yaml)
    #expect(entry.messages.contains(message), "\(entry.messages)")
  }

  @Test func `it comes back from a plan as it was`() throws {
    let entry = try Entry<Sysctl>(
      "{set: {a.b: {at_least: 2}, c.d: {not: 0, set: 1}}, if_missing: refuse}")
    let copy = try JSONDecoder().decode([Sysctl].self, from: JSONEncoder().encode(entry.resources))
    #expect(copy == entry.resources)
  }
}
