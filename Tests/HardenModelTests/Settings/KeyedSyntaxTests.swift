import HardenModel
import Testing

@Suite struct KeyedSyntaxTests {
  private func read(_ line: String, _ syntax: KeyedLines.Syntax) -> [String]? {
    KeyedLines(Array((line + "\n").utf8), syntax).entries.first.map { [$0.key, $0.text] }
  }

  @Test(
    arguments: [
      ("key = value", KeyedLines.Syntax.keyvalue, ["key", "value"]),
      ("  key=value # note ", .keyvalue, ["key", "value"]),
      ("key value two", .keyvalue, ["key", "value two"]),
      ("key='a # b' # c", .keyvalue, ["key", "'a # b'"]), ("key=a#b", .keyvalue, ["key", "a#b"]),
      ("export key=1", .keyvalue, ["key", "1"]), ("flag", .keyvalue, ["flag", ""]),
      ("flag # on", .keyvalue, ["flag", ""]), ("# key = value", .keyvalue, nil),
      ("   ", .keyvalue, nil),
      ("Key = a # b", .ini, ["Key", "a # b"]), ("; key=1", .ini, nil), ("=1", .ini, nil),
      ("two words = x", .ini, ["two words", "x"]),
      ("skip-networking", .ini, ["skip-networking", ""]),
      ("key: value", .ini, ["key", "value"]), ("[section]", .ini, nil),
      ("Port=22", .sshd, ["Port", "22"]), ("\tAllowUsers a b # c", .sshd, ["AllowUsers", "a b"]),
      ("UMASK = 022", .loginDefs, ["UMASK", "= 022"]), ("A\tb # c", .loginDefs, ["A", "b # c"]),
    ] as [(String, KeyedLines.Syntax, [String]?)])
  func `lines are taken apart`(line: String, syntax: KeyedLines.Syntax, parts: [String]?) {
    #expect(read(line, syntax) == parts)
  }

  @Test func `only sshd reads keys in any case and takes the first`() {
    let text = Array("A 1\na 2\n".utf8)
    #expect(KeyedLines(text, .sshd).text(of: "a") == "1")
    #expect(KeyedLines(text, .keyvalue).text(of: "a") == "2")
    #expect(KeyedLines(text, .loginDefs).text(of: "A") == "1")
  }
}
