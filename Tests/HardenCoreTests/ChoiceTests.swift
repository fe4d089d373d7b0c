import HardenCore
import Testing

@Suite struct ChoiceTests {
  private enum Colour: String, Choice { case red, green }

  @Test func `a word out of the list is accepted, another suggested`() {
    #expect(read(plain("red"), as: Colour.self).0 == .red)
    var reading = Reading()
    #expect(Colour.read(plain("gren"), &reading) == nil)
    #expect(reading.diagnostics.first?.help == "did you mean 'green'?")
    #expect(read(list("red"), as: Colour.self).1 == [.wrongType])
    #expect(Colour.shape == .choice(["red", "green"]))
  }
}
