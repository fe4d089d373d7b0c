import HardenModel
import HardenTestSupport
import Testing

/// What counts as JSON, compared with python's reader.
@Suite struct JSONScannerTests {
  private static let texts = [
    "{}", " {\"a\": [1, 2.5e3, -0, true, null]} \n", "{\"a\": {\"b\": \"\\u00e9\\n\"}}", "{\"a\"}",
    "{\"a\": }", "{\"a\": 1,}", "{\"a\": 01}", "{\"a\": .5}", "{\"a\": 1.}", "{\"a\": 1e}",
    "{\"a\": nul}",
    "{\"a\": \"x}", "{\"a\": \"\\", "{\"a\": 1} x", "{a: 1}", "{\"a\": [1, ]}", "{\"a\": [1",
    "{\"a\": \"\n\"}", "{", "{\"a\": 1", "{\"a\": 1 \"b\": 2}", "// x\n{}",
  ]

  @Test func `only JSON is taken`() throws {
    let root = try TemporaryRoot(withAccounts: false)
    for (index, text) in Self.texts.enumerated() { root.write("/\(index)", text) }
    let verdicts = try Shell.run(
      """
      cd \(root.path)
      for n in $(seq 0 \(Self.texts.count - 1)); do
        if python3 -m json.tool $n >/dev/null 2>&1; then echo true; else echo false; fi
      done
      """
    ).split(separator: "\n")
    for (text, verdict) in zip(Self.texts, verdicts) {
      #expect("\(JSONFile(Array(text.utf8)).isValid)" == verdict, "\(text)")
    }
    #expect(verdicts.count == Self.texts.count)
  }

  @Test func `what is too deep is no configuration`() {
    let deep =
      String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000)
    #expect(!JSONFile(Array(deep.utf8)).isValid)
    #expect(JSONFile(Array("{\"a\": [[[[{\"b\": 1}]]]]}".utf8)).isValid)
  }
}
