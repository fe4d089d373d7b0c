import Foundation
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenViews

@Suite struct HTMLReportTests {
  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>",
    "</style><script>alert(1)</script>", "javascript:alert(1)", "</title><h1>x", "<!--", "]]>",
    "&lt;b&gt;", "{{7*7}}", "\u{202e}gpj.exe", "\u{1b}[31m",
  ]

  /// A page with `count` controls in which everything that others write is hostile.
  private func page(_ count: Int) -> String {
    let word = { (index: Int) in Self.hostile[index % Self.hostile.count] }
    let controls = (0..<count).map { index in
      ControlVerdict(
        id: "control-\(index)", playbook: word(index), title: word(index + 1), why: word(index + 2),
        at: SourceRange(file: word(index + 3), line: 1, column: 1),
        refs: [word(index + 4): [word(index + 5)]],
        verdict: Verdict.allCases[index % Verdict.allCases.count], reason: word(index + 6),
        resources: [Address(kind: "file", name: word(index + 7))])
    }
    let changes = controls.enumerated().filter { $0.element.verdict.isOpen }.map { index, control in
      Change(
        Address(kind: "file", name: word(index)), action: .update, control: control.id, at: nil,
        planes: [
          PlaneState(
            .now, observed: word(index + 1), wanted: word(index + 2), holds: false,
            observedAt: Place(word(index + 3), line: 1))
        ], reversibility: .exact, notes: [word(index + 4)])
    }
    var plan = SamplePlan.make(controls: controls, changes: changes, warnings: Self.hostile)
    plan.host.name = word(0)
    plan.playbooks = Self.hostile
    return HTMLReport(assessment: Assessment(plan, .plan)).text
  }

  /// Python's parser of HTML counts the elements and attributes that the page really has.
  @Test func `what others wrote is text and never markup`() throws {
    let folder = try TemporaryRoot()
    folder.write("/page.html", page(48))
    let script = """
      import html.parser, sys
      tags, attributes, text = set(), set(), []
      class P(html.parser.HTMLParser):
        def handle_starttag(self, tag, attrs):
          tags.add(tag); attributes.update(k for k, v in attrs)
        def handle_comment(self, data): tags.add('comment')
        def handle_data(self, data): text.append(data)
      P().feed(open(sys.argv[1]).read())
      print(' '.join(sorted(tags))); print(' '.join(sorted(attributes)))
      print('<script>alert(1)</script>' in ''.join(text))
      """
    folder.write("/read.py", script)
    let said = try Shell.run(
      "python3 \(folder.outside("/read.py")) \(folder.outside("/page.html"))")
    #expect(
      said
        == "b body code dd details dl dt h1 head html input label li main meta p small span style summary table td th title tr ul\ncharset checked class colspan content for http-equiv id lang name open type\nTrue\n"
    )
  }

  @Test func `three hundred controls are less than 400 kB`() {
    let size = page(300).utf8.count
    print("HTML of 300 controls: \(size) bytes")
    #expect(size < 400_000)
  }

  @Test func `every verdict has a button, and a rule that hides the others`() {
    let text = page(16)
    for verdict in Verdict.allCases {
      let name = HTMLReport.name(verdict)
      #expect(text.contains("id=\"\(name)\"") && text.contains("#\(name):checked~details"))
    }
  }

  @Test func `the page may load nothing and run nothing`() throws {
    let text = page(8)
    let policy = "default-src 'none'; style-src 'sha256-"
    #expect(text.contains(policy))
    // The digest of the policy is that of the style.
    let style = try #require(
      text.split(separator: "<style>").last?.split(separator: "</style>").first)
    let folder = try TemporaryRoot()
    folder.write("/style", String(style))
    let digest = try Shell.run(
      "openssl dgst -sha256 -binary \(folder.outside("/style")) | base64"
    ).filter { $0 != "\n" }
    #expect(text.contains("'sha256-\(digest)'"), "the digest is \(digest)")
  }
}
