import HardenModel
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("valeu", "value"), ("sysctrl", "sysctl"), ("os_famly", "os_family"), ("Title", "title"),
    ("kernel-pointer", "kernel-pointers"),
  ])
  func `small slips are seen through`(word: String, meant: String) {
    let words = ["value", "sysctl", "os_family", "title", "kernel-pointers", "colour"]
    #expect(Spelling.nearest(to: word, among: words) == meant)
  }

  @Test(arguments: ["xyz", "", "completely-different"])
  func `a guess is better not made`(word: String) {
    #expect(Spelling.nearest(to: word, among: ["value", "sysctl"]) == nil)
  }

  @Test func `the nearest wins, the first of two equally near`() {
    #expect(Spelling.nearest(to: "abcd", among: ["abxd", "abcx", "abcd"]) == "abcd")
    #expect(Spelling.nearest(to: "abcd", among: ["abxd", "abcx"]) == "abxd")
  }
}
