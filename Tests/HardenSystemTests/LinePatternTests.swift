import Foundation
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct LinePatternTests {
  private static let text = """
    # http_proxy is not set here
    export HTTP_PROXY=http://proxy:3128

    GOFLAGS=-mod=mod
    \u{e9}t\u{e9} proxy
    a.b axb

    """

  @Test(arguments: [
    "proxy", "^export", "(http|https)_proxy *=", "^$", "a\\.b", "[[:upper:]]{4}_", "^[^#]*proxy",
    "x$", "nothing", "b{2,3}|t.", "^.*$",
  ])
  func `lines are those of grep`(pattern: String) throws {
    let root = try TemporaryRoot(withAccounts: false)
    root.write("/f", Self.text)
    root.write("/p", pattern + "\n")
    for options in ["-E", "-Ei"] {
      let grep = try Shell.run(
        "grep -n \(options) -f \(root.outside("/p")) \(root.outside("/f")) | cut -d: -f1 || true")
      let expected = grep.split(separator: "\n").compactMap { Int($0) }
      let expression = try LinePattern(pattern, ignoringCase: options == "-Ei")
      #expect(expression.lines(of: Array(Self.text.utf8)) == expected, "\(pattern) \(options)")
    }
  }

  @Test func `a file without an end of line, an empty one, and one with NUL`() throws {
    let any = try LinePattern("^")
    #expect(any.lines(of: Array("a\nb".utf8)) == [1, 2])
    #expect(any.lines(of: []) == [])
    #expect(any.lines(of: [0x0A]) == [1])
    #expect(try LinePattern("b$").lines(of: [0x61, 0, 0x62, 0x0A, 0xFF, 0x62]) == [1, 2])
  }

  @Test func `what is no expression is told in words`() {
    for pattern in ["(", "[a", "a{2,1}", "*("] {
      do throws(LinePattern.Mistake) {
        _ = try LinePattern(pattern)
        Issue.record("\(pattern) passes for an expression")
      } catch { #expect(!error.message.isEmpty) }
    }
  }
}
