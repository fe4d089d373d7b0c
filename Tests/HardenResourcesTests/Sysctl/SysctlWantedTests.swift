import HardenCore
import HardenModel
import Testing

@testable import HardenResources

@Suite struct SysctlWantedTests {
  private func read(_ value: String) throws -> (SysctlWanted?, [String]) {
    let entry = try Entry<Sysctl>("{key: kernel.x, value: \(value)}")
    return (entry.resources.first?.wanted, entry.messages)
  }

  @Test(arguments: [
    ("2", ["2", "0x2", "02", " 2\t"], ["3", "", "2 2"]),
    ("{any: [1, 2], set: 2}", ["1", "2"], ["0", "3"]),
    ("{at_least: 3}", ["3", "4", "0x10"], ["2", "-1", "x", "3 3"]),
    ("{at_most: 3}", ["3", "-1", "0"], ["4", "010", ""]),
    ("{at_least: 1, at_most: 3, set: 2}", ["1", "2", "3"], ["0", "4"]),
    ("{not: 0, set: 1}", ["1", "7", "x"], ["0", "00"]),
    ("{not: [0, 5], set: 1}", ["1"], ["0", "5"]),
    ("\"32768 60999\"", ["32768\t60999"], ["32768 60998"]),
  ])
  func `accepts`(value: String, good: [String], bad: [String]) throws {
    let wanted = try #require(try read(value).0)
    for text in good { #expect(wanted.accepts(text), "\(value) should accept '\(text)'") }
    for text in bad { #expect(!wanted.accepts(text), "\(value) should not accept '\(text)'") }
  }

  @Test func `what is written`() throws {
    #expect(try read("{any: [1, 2]}").0?.set == "1")
    #expect(try read("{any: [1, 2], set: 2}").0?.set == "2")
    #expect(try read("{at_least: 3}").0?.set == "3")
    #expect(try read("{at_most: 3}").0?.set == "3")
    #expect(try read("{at_least: 3, set: 9}").0?.set == "9")
    #expect(try read("'  1 \t2 '").0?.set == "1 \t2")
  }

  @Test func `a bound keeps a better value in the file, a choice is written as it says`() throws {
    let bound = try #require(try read("{at_least: 3}").0)
    #expect(bound.durable(where: "9") == "9")
    #expect(bound.durable(where: "1") == "3")
    #expect(bound.durable(where: nil) == "3")
    #expect(try read("{any: [1, 2], set: 2}").0?.durable(where: "1") == "2")
    #expect(try read("{at_least: 3, set: 5}").0?.durable(where: "9") == "5")
  }

  @Test(arguments: [
    ("{set: 1}", "what is written, '1', is not among what is accepted"),
    ("{not: 0}", "the value says not what to write"),
    ("{any: [1, 2], set: 3}", "what is written, '3', is not among what is accepted"),
    ("{at_least: 3, set: 2}", "what is written, '2', is not among what is accepted"),
    ("{at_leats: 3}", "unknown key 'at_leats' in the value"),
    ("{at_least: x}", "expected a whole number, found 'x'"),
    ("[1]", "expected a value, or a mapping with any, at_least, at_most or not, found a list"),
    ("\"1\\n2\"", "the value of a kernel parameter is one line"),
  ])
  func `mistakes`(value: String, message: String) throws {
    let (wanted, messages) = try read(value)
    #expect(wanted == nil)
    #expect(messages == [message])
  }
}
