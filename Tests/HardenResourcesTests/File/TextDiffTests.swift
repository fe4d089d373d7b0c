import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct TextDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    TextDiff.text(from: Array(old.utf8), to: Array(new.utf8))
  }

  @Test func `one change with three lines around it`() {
    let old = (1...9).map { "\($0)\n" }.joined()
    #expect(
      diff(old, old.replacing("5\n", with: "five\n"))
        == "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8")
  }

  @Test func `changes far apart are hunks of their own, near ones are one`() {
    let lines = (1...30).map { "\($0)\n" }
    var far = lines
    far[4] = "a\n"
    far[24] = "b\n"
    #expect(
      diff(lines.joined(), far.joined()).split(separator: "\n").count { $0.hasPrefix("@@") } == 2)
    var near = lines
    near[4] = "a\n"
    near[10] = "b\n"
    #expect(
      diff(lines.joined(), near.joined()).split(separator: "\n").count { $0.hasPrefix("@@") } == 1)
  }

  @Test func `everything new, everything gone, and a missing line end`() {
    #expect(diff("", "a\nb\n") == "@@ -1,0 +1,2 @@\n+a\n+b")
    #expect(diff("a\n", "") == "@@ -1,1 +1,0 @@\n-a")
    #expect(diff("a", "a\n") == "@@ -1,1 +1,1 @@\n-a\\ no newline at the end\n+a")
  }

  @Test func `what is no text and what is too long is not shown`() {
    #expect(TextDiff.text(from: [0xFF], to: [0x41]) == "content differs (not text)")
    let left = (0..<2000).map { "a\($0)\n" }.joined()
    let right = (0..<2000).map { "b\($0)\n" }.joined()
    #expect(diff(left, right) == "content differs (too much to show)")
  }

  /// Taking the removed lines out of the old text and the added ones into the new leaves the same.
  @Test func `a difference leads from one text to the other`() {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SeededRandom(seed)
    for _ in 0..<300 {
      let make = { (random: inout SeededRandom) in
        (0..<Int.random(in: 0...12, using: &random)).map { _ in
          ["a", "b", "c"].randomElement(using: &random) ?? "a"
        }
      }
      let (old, new) = (make(&random), make(&random))
      guard old != new else { continue }
      let text = { (lines: [String]) in lines.map { $0 + "\n" }.joined() }
      var result: [String] = []
      var position = 0
      for line in diff(text(old), text(new)).split(separator: "\n") {
        if line.hasPrefix("@@") {
          let start = Int(line.dropFirst(4).prefix { $0 != "," }) ?? 0
          result += old[position..<(start - 1)]
          position = start - 1
        } else {
          if line.first != "+" { position += 1 }
          if line.first != "-" { result.append(String(line.dropFirst())) }
        }
      }
      result += old[position...]
      #expect(result == new, "seed \(seed): \(old) -> \(new)")
    }
  }
}
