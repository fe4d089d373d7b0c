import HardenModel
import Testing

@testable import HardenResources

@Suite struct SettingTests {
  @Test func `one resource for each key or line`() throws {
    let pairs = try Entry<Setting>(
      "{file: /etc/login.defs, format: login.defs, set: {PASS_MAX_DAYS: {at_most: 365}, UMASK: '027'}}"
    )
    #expect(pairs.messages == [])
    #expect(
      pairs.resources.map(\.address.description) == [
        "setting[/etc/login.defs PASS_MAX_DAYS]", "setting[/etc/login.defs UMASK]",
      ])
    let lines = try Entry<Setting>(
      "{file: /etc/pam.d/su, format: lines, line: [a b, c d], state: absent, if_missing: skip}")
    #expect(lines.resources.map(\.key) == ["a b", "c d"])
    #expect(lines.resources.allSatisfy { $0.state == .absent && $0.isMissingAllowed })
  }

  @Test func `JSON keeps the types that YAML shows`() throws {
    let written = { (value: String) in
      try Entry<Setting>("{file: /d.json, format: json, key: a, value: \(value)}").resources.first?
        .wanted?.set
    }
    #expect(try written("true") == "true")
    #expect(try written("'true'") == "\"true\"")
    #expect(try written("1.5") == "1.5")
    #expect(try written("json-file") == "\"json-file\"")
    #expect(try written("[a, 1, {b: false}]") == "[\"a\", 1, {\"b\": false}]")
    #expect(try written("{max-size: 10m}") == "{\"max-size\": \"10m\"}")
    #expect(try written("{any: [1, 2], set: 2}") == "2")
  }

  @Test(arguments: [
    ("{file: /x, format: keyvalue, key: a}", "setting needs key and value, or set"),
    (
      "{file: /x, format: keyvalue, key: a, value: b, set: {c: d}}",
      "setting needs key and value, or set"
    ),
    ("{file: /x, format: keyvalue, line: a}", "setting needs key and value, or set"),
    (
      "{file: /x, format: lines, key: a, value: b}",
      "setting with the format lines needs line, and state if need be"
    ),
    (
      "{file: /x, format: sshd, key: Match, value: all}",
      "'Match' cannot be a key in the format sshd"
    ),
    ("{file: /x, format: sshd, key: Port, value: ''}", "sshd knows no empty values"),
    (
      "{file: /x, format: keyvalue, key: a b, value: c}",
      "'a b' cannot be a key in the format keyvalue"
    ),
    (
      "{file: /x, format: keyvalue, key: a, value: 'b # c'}",
      "'b # c' cannot be a value in the format keyvalue"
    ),
    ("{file: /x, format: ini, key: A/, value: c}", "'A/' cannot be a key in the format ini"),
    (
      "{file: /x, format: keyvalue, key: a, value: [b]}",
      "only JSON has lists and mappings as values"
    ),
    (
      "{file: /x, format: keyvalue, key: a, value: {any: [b], set: c}}",
      "what is written, 'c', is not among what is accepted"
    ),
    ("{file: /x, format: keyvalue, key: a, value: {not: b}}", "the value says not what to write"),
    ("{file: x, format: yaml, key: a, value: b}", "'x' is not a plain absolute path"),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<Setting>(yaml).messages.first == message)
  }
}
