import HardenCore
import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct SchemaShapeTests {
  @Test func `a value that may be a variable may be a text with one`() {
    let pattern = Shape.pattern("^[0-7]{4}$", example: "0644")
    #expect(SchemaShape.schema(pattern, variables: false).text().contains("\"^[0-7]{4}$\""))
    #expect(SchemaShape.schema(pattern, variables: true).text().contains("\\\\$\\\\{"))
    #expect(!SchemaShape.schema(.boolean, variables: false).text().contains("anyOf"))
    #expect(SchemaShape.schema(.boolean, variables: true).text().contains("\\\\$\\\\{"))
  }

  @Test func `bounds are there where there are bounds`() {
    let bounded = SchemaShape.schema(.integer(0...7), variables: false).text()
    #expect(bounded.contains("\"minimum\": 0") && bounded.contains("\"maximum\": 7"))
    #expect(
      !SchemaShape.schema(.integer(Int.min...Int.max), variables: false).text().contains("mum"))
  }

  @Test func `a description beside a reference is not lost`() {
    let spec = Field<[Condition]>("x", "what it says").spec
    let named = Field<Condition>("y", required: true, verbatim: true, "some words").spec
    let text = SchemaShape.object([spec, named]).text()
    #expect(text.contains("some words") && text.contains("allOf") && text.contains("\"y\"\n"))
  }
}
