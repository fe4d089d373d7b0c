import HardenCore
import Testing

@Suite struct OneOrManyTests {
  @Test func `one is a list of one`() {
    #expect(read(plain("a"), as: OneOrMany<String>.self).0?.values.map(\.value) == ["a"])
    #expect(read(list("a", "b"), as: OneOrMany<String>.self).0?.values.map(\.value) == ["a", "b"])
  }

  @Test func `all wrong items are reported, and none is none`() {
    #expect(read(list("a", "1", "b"), as: OneOrMany<Int>.self).1 == [.wrongType, .wrongType])
    #expect(read(list(), as: OneOrMany<Int>.self).1 == [.wrongType])
  }
}
