import HardenCore
import HardenModel
import Testing

@Suite struct FieldsTests {
  private let key = Field<String>("key", required: true, "k")
  private let value = Field<Int>("value", "v")
  private let raw = Field<String>("raw", verbatim: true, "r")

  @Test func `what no field reads is unknown`() {
    var fields = Fields(
      mapping(["key": plain("a"), "valeu": plain("1")]), of: "thing", reading: Reading())
    #expect(fields.read(key) == "a")
    #expect(fields.read(value) == nil)
    let found = fields.finish().diagnostics
    #expect(found.map(\.code) == [.unknownKey])
    #expect(found.first?.help == "did you mean 'value'?")
    #expect(found.first?.range?.column == 2)
  }

  @Test func `a required key that is missing is reported once`() {
    var fields = Fields(mapping([:]), of: "thing", reading: Reading())
    #expect(fields.read(key) == nil)
    #expect(fields.finish().diagnostics.map(\.message) == ["thing needs 'key'"])
  }

  @Test func `no mapping misses no key`() {
    var fields = Fields(plain("x"), of: "thing", reading: Reading())
    _ = fields.read(key)
    #expect(fields.finish().diagnostics.map(\.code) == [.wrongType])
  }

  @Test func `variables are replaced once, and not in verbatim fields`() {
    let twice = Reading(expand: { node, _ in
      Node(.scalar((node.text ?? "") + "!", quoted: true), at: node.range)
    })
    var fields = Fields(
      mapping(["key": plain("a"), "raw": plain("b")]), of: "thing", reading: twice)
    #expect(fields.read(key) == "a!")
    #expect(fields.read(raw) == "b")
  }

  @Test func `nothing inside an expanded value is expanded again`() {
    let counting = Reading(expand: { node, _ in node.entries == nil ? nil : node })
    let node = mapping(["when": mapping(["os": plain("debian")])])
    var fields = Fields(node, of: "thing", reading: counting)
    #expect(fields.read(Field<Condition>("when", "w")) == .test(.os, values: ["debian"]))
  }
}
