import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct ScopeBuilderTests {
  /// The title of a control that names `name`, with `vars` declared.
  private func title(_ vars: String, _ name: String = "a", set: [String: String] = [:]) throws
    -> (String?, [String])
  {
    let loaded = try Loading().load(
      Loading.playbook(
        "vars: \(vars)\ncontrols:\n  - {id: x, title: \"${\(name)}\", ensure: [sysctl: {key: kernel.sysrq, value: 0}]}\n"
      ),
      set: set)
    return (loaded.baseline?.controls.first?.title, Loading.codes(loaded))
  }

  @Test func `a case that holds comes before the default`() throws {
    let cases =
      "cases: [{when: {os: rhel}, value: r}, {when: {os: debian}, value: d}, {when: {os: debian}, value: e}]"
    #expect(try title("{a: {type: text, default: x, \(cases)}}").0 == "d")
    #expect(
      try title("{a: {type: text, default: x, cases: [{when: {os: rhel}, value: r}]}}").0 == "x")
    #expect(try title("{a: {type: text, default: x, \(cases)}}", set: ["a": "s"]).0 == "s")
  }

  @Test func `a variable sees those above it`() throws {
    let vars = "{b: {type: text, default: y}, a: {type: text, default: \"x${b}\"}}"
    #expect(try title(vars).0 == "xy")
    let early = "{a: {type: text, default: \"x${b}\"}, b: {type: text, default: y}}"
    #expect(try title(early).1 == ["H0203 3:33"])
    #expect(try title(early, set: ["a": "z"]).1 == ["H0203 3:33"])
    let cases =
      "{b: {type: text, default: y}, a: {type: text, default: n, cases: [{when: {var: {b: y}}, value: z}]}}"
    #expect(try title(cases).0 == "z")
  }

  @Test func `a wrong variable is reported once, not where it is used`() throws {
    #expect(try title("{a: {type: integer, default: many}}").1 == ["H0103 3:36"])
  }

  @Test func `every value is checked, also those that do not count`() throws {
    let vars = "{a: {type: mode, default: 644, cases: [{when: {os: rhel}, value: 600}]}}"
    #expect(try title(vars, set: ["a": "0600"]).1 == ["H0105 3:33", "H0105 3:72"])
  }

  @Test func `what cannot be decided asks for a value`() throws {
    let vars = "{a: {type: text, default: x, cases: [{when: {kernel: \"6\"}, value: y}]}}"
    #expect(try title(vars).1 == ["H0210 3:8"])
    #expect(try title(vars, set: ["a": "z"]).0 == "z")
  }

  @Test func `vars is a mapping`() throws {
    #expect(try title("[a]").1.first == "H0103 3:7")
  }
}
