import HardenCore
import HardenModel
import Testing

@Suite struct ConditionReadingTests {
  @Test func `several keys must all hold, several values are alternatives`() {
    let node = mapping(["exists": plain("/a"), "selinux": list("enforcing", "permissive")])
    #expect(
      read(node, as: Condition.self).0
        == .all([
          .test(.exists, values: ["/a"]), .test(.selinux, values: ["enforcing", "permissive"]),
        ]))
  }

  @Test func `conditions lie inside each other`() {
    let inner = Node(
      .sequence([mapping(["uefi": plain("true")]), mapping(["not": mapping(["os": plain("a")])])]),
      at: plain("").range)
    #expect(
      read(mapping(["any": inner]), as: Condition.self).0
        == .any([.test(.uefi, values: ["true"]), .not(.test(.os, values: ["a"]))]))
  }

  @Test func `every key is read`() {
    for spec in Condition.fields {
      let samples = [
        plain("true"), plain("/a"), plain("12"), plain("enforcing"), plain("enabled"),
        mapping(["os": plain("a")]), mapping(["a": plain("b")]),
        Node(.sequence([mapping(["os": plain("a")])]), at: plain("").range),
      ]
      let isRead = samples.contains {
        var reading = Reading(expand: { node, _ in node })
        return Condition.read(mapping([spec.name: $0]), &reading) != nil
          && reading.diagnostics.isEmpty
      }
      #expect(isRead, "\(spec.name)")
    }
  }

  @Test(arguments: [
    ("os_famly", "debian", DiagnosticCode.unknownKey), ("os_version", "x", .wrongValue),
    ("uefi", "yes", .wrongType), ("exists", "a", .wrongValue), ("all", "x", .wrongType),
    ("selinux", "on", .wrongValue), ("fact", "x", .wrongType),
  ])
  func `mistakes are found`(key: String, value: String, code: DiagnosticCode) {
    #expect(read(mapping([key: plain(value)]), as: Condition.self).1.first == code)
  }

  @Test func `nothing is no condition`() {
    #expect(read(mapping([:]), as: Condition.self).1 == [.wrongType])
    #expect(read(plain("always"), as: Condition.self).1 == [.wrongType])
    #expect(
      read(mapping(["fact": mapping(["hostnam": plain("a")])]), as: Condition.self).1 == [
        .unknownFact
      ])
  }
}
