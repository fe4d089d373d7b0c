import HardenCore
import Testing

@Suite struct FieldTests {
  @Test func `a field knows what manual and schema need`() {
    let spec = Field<[Int]>("sizes", required: true, verbatim: true, "how large").spec
    #expect(spec.name == "sizes" && spec.summary == "how large")
    #expect(spec.isRequired && spec.isVerbatim)
    #expect(spec.shape == .list(.integer(Int.min...Int.max)))
  }
}
