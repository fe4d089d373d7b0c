import Foundation
import HardenModel
import HardenTestSupport
import Testing

@Suite struct JSONFileTests {
  private func edited(_ text: String, _ unit: String, _ value: String?) -> String {
    var file = JSONFile(Array(text.utf8))
    file.set(unit, to: value)
    return String(decoding: file.content, as: UTF8.self)
  }

  @Test(arguments: [
    ("{\"a\": 1}", "a", "2", "{\"a\": 2}"),
    ("{ \"a\" : 1 , \"b\":[1,2] }\n", "b", "true", "{ \"a\" : 1 , \"b\":true }\n"),
    ("{\n    \"a\": 1\n}\n", "b", "2", "{\n    \"a\": 1,\n    \"b\": 2\n}\n"),
    ("{\"a\": 1}", "b", "2", "{\"a\": 1, \"b\": 2}"),
    ("", "a/b", "1", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n"),
    ("{}", "a", "\"x\"", "{\n  \"a\": \"x\"\n}"),
    ("{\n\t\"a\": {}\n}\n", "a/b", "1", "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}\n"),
    ("{\"x/y\": 1}", "x~1y", "2", "{\"x/y\": 2}"),
    ("{\"a\": 1, \"a\": 2}", "a", "3", "{\"a\": 1, \"a\": 3}"),
    ("{\"\\u0061\": 1}", "a", "3", "{\"\\u0061\": 3}"),
    ("{\"a\": 1,}", "a", "3", "{\"a\": 1,}"), ("[1]", "a", "3", "[1]"),
  ])
  func `one value changes`(text: String, unit: String, value: String, result: String) {
    #expect(edited(text, unit, value) == result)
  }

  @Test(arguments: [
    "{\"a\": 1}", "{\n  \"a\": {\n    \"x\": []\n  }\n}\n", "{\"a\": [1, {\"b\": 2}]}",
  ])
  func `what was added goes again without a trace`(text: String) {
    #expect(edited(edited(text, "new", "{\"deep\": 1}"), "new", nil) == text)
  }

  @Test func `the first of several goes with its comma`() {
    #expect(edited("{\"a\": 1, \"b\": 2}", "a", nil) == "{\"b\": 2}")
    #expect(edited("{\"a\": 1}", "a", nil) == "{}")
  }

  @Test func `a way through something that is no object is blocked`() {
    let file = JSONFile(Array("{\"a\": {\"b\": 1}}".utf8))
    #expect(file.isBlocked("a/b/c") && !file.isBlocked("a/b") && !file.isBlocked("a/x/y"))
    #expect(file.text(of: "a/b") == "1" && file.line(of: "a/b") == 1)
  }

  @Test func `blanks do not tell two values apart, blanks in strings do`() {
    #expect(JSONFile.compact("[ 1,\n \"a b\" ]") == "[1,\"a b\"]")
    #expect(JSONFile.compact("\"a\\\" b\"") == "\"a\\\" b\"")
  }

  @Test func `text is quoted as JSON wants it`() throws {
    let text = "a\"b\\c\nd\u{01}é"
    let data = Data("[\(JSONFile.quoted(text))]".utf8)
    #expect(try JSONSerialization.jsonObject(with: data) as? [String] == [text])
  }

  @Test func `five hundred edits change one value, and python agrees`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let root = try TemporaryRoot(withAccounts: false)
    func value(_ depth: Int) -> String {
      let blank = ["", " ", "\n", "\t "].randomElement(using: &random) ?? ""
      let names = ["a", "b c", "d/e", "\\u00e9", "\\\"q\\\"", "f"]
      switch Int.random(in: 0..<(depth > 2 ? 5 : 8), using: &random) {
      case 0: return "true"
      case 1: return "null"
      case 2: return "-1.5e+3"
      case 3: return "\"text, with } and \\\" in it\""
      case 4: return "0"
      case 5: return "[\(blank)\(value(depth + 1)),\(blank)\(value(depth + 1))]"
      default:
        let keys = names.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
        let members = keys.map { "\"\($0)\"\(blank):\(blank)\(value(depth + 1))" }
        return "{\(blank)" + members.joined(separator: "\(blank),\(blank)") + "\(blank)}"
      }
    }
    var count = 0
    while count < 500 {
      let old = value(0)
      guard old.first == "{" else { continue }
      let path = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        ["a", "b c", "d/e", "new"].randomElement(using: &random) ?? ""
      }
      let unit = path.map { $0.replacingOccurrences(of: "/", with: "~1") }.joined(separator: "/")
      guard !JSONFile(Array(old.utf8)).isBlocked(unit) else { continue }
      let before = JSONFile(Array(old.utf8)).text(of: unit)
      let new = edited(old, unit, "\"value\(count)\"")
      // The same bytes before and behind the value, and nothing else between; where there was no
      // such member, every byte is still there.
      let (left, right) = (Array(old.utf8), Array(new.utf8))
      let prefix = zip(left, right).prefix { $0 == $1 }.count
      let suffix = min(
        zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count,
        min(left.count, right.count) - prefix)
      // Of an object without members its blanks go.
      let gone = left[prefix..<left.count - suffix]
      let isEmptied =
        before == nil && left[..<prefix].last == 0x7B && left.suffix(suffix).first == 0x7D
        && gone.allSatisfy { [0x20, 0x09, 0x0A].contains($0) }
      #expect(
        isEmptied || gone.count <= before?.utf8.count ?? 0, "seed \(seed): \(old)\n\(new)")
      if before != nil {
        #expect(
          right.count - prefix - suffix <= "\"value\(count)\"".utf8.count, "seed \(seed): \(old)")
      }
      root.write("/\(count).old", old)
      root.write("/\(count).new", new)
      root.write("/\(count).unit", path.joined(separator: "\n"))
      count += 1
    }
    root.write(
      "/read.py",
      #"""
      import json
      for n in range(500):
          old, new = (json.load(open(f'{n}.{x}')) for x in ('old', 'new'))
          *way, last = open(f'{n}.unit').read().split('\n')
          place = old
          for key in way: place = place.setdefault(key, {})
          place[last] = f'value{n}'
          if old != new: print(n, old, new)
      print(n + 1)
      """#)
    let complaints = try Shell.run("cd \(root.path) && python3 read.py")
    #expect(complaints == "500\n", "seed \(seed): \(complaints)")
  }
}
