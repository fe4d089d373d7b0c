import HardenCore
import HardenModel
import HardenResources
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct FoundPlaybookTests {
  private func check(_ playbook: FoundPlaybook) -> LoadedPlaybooks {
    var request = LoadRequest(paths: ["p"], version: Loading.version)
    request.texts = ["p": Array(playbook.text.text.utf8)]
    return PlaybookLoader(catalog: catalog).check(request)
  }

  private func link(_ path: String, _ target: String) -> Found {
    Found(path, [FoundField("path", .text(path)), FoundField("target", .text(target))])
  }

  @Test func `one control for each pattern, and comments on the rest`() {
    var playbook = FoundPlaybook(host: "web07.example.org", tool: "0.1.0")
    playbook.add(
      Findings([link("/a", "b"), Found("/c\n", obstacle: "it\nis none")], remarks: ["Mind this."]),
      of: Link.self, matching: "/*")
    playbook.add(Findings(remarks: ["nothing"]), of: Link.self, matching: "/x/*")
    #expect(
      playbook.text.text == """
        # yaml-language-server: $schema=/usr/share/harden/schema/playbook-1.json
        # What harden 0.1.0 found on web07.example.org, where the plan of this playbook is empty.
        harden: 1
        name: web07.example.org
        title: What web07.example.org has
        controls:
          - id: link-all
            title: "link:/* as found"
            ensure:
              # Mind this.
              - link: {path: /a, target: b}
              # left out: link[/c\\n]: it\\nis none
          # link:/x/* found nothing that can be asked for.

        """)
    #expect(playbook.text.places == [11: FoundPlaybook.Place(section: 0, resource: 0)])
  }

  @Test func `ids are names, and no two are one`() {
    var playbook = FoundPlaybook(host: "", tool: "0.1.0")
    let patterns = ["/etc/a.b", "/etc/a-b", "*", "/", "/etc/\u{1B}é/x*.conf", "/etc/a_b/*/"]
    for (index, pattern) in patterns.enumerated() {
      playbook.add(Findings([link("/\(index)", "x")]), of: Link.self, matching: pattern)
    }
    #expect(
      playbook.sections.map(\.id) == [
        "link-etc-a-b", "link-etc-a-b--2", "link-all", "link-all--2", "link-etc-x-conf",
        "link-etc-a_b",
      ])
    #expect(check(playbook).diagnostics.isEmpty, "\(check(playbook).diagnostics)")
    #expect(playbook.name == "host")
  }

  @Test func `what stands above is not said again`() {
    var playbook = FoundPlaybook(host: "h", tool: "0.1.0")
    for pattern in ["/a*", "/*"] {
      playbook.add(
        Findings([link("/a", "x"), link("/b", "y")]), of: Link.self, matching: pattern)
    }
    #expect(playbook.controls == [0])
    #expect(playbook.text.text.contains("# link:/* found nothing that does not stand above."))
  }

  @Test func `pairs with equal fields share an entry`() throws {
    var playbook = FoundPlaybook(host: "h", tool: "0.1.0")
    let found = [("a.b", true), ("a.c", false), ("a.d", true), ("a.e", false)].map { key, isKept in
      Found(
        key, isKept ? [] : [FoundField("persist", .flag(false))],
        member: Found.Member(of: "set", FoundField(key, .number("1"))))
    }
    playbook.add(Findings(found), of: Sysctl.self, matching: "a.*")
    #expect(playbook.sections[0].written == [0, 2, 1, 3])
    let text = playbook.text
    #expect(text.text.components(separatedBy: "- sysctl:").count == 3, "\(text.text)")
    let resources = try #require(check(playbook).baseline?.controls[0].resources)
    #expect(
      resources.map(\.address.name) == ["a.b", "a.d", "a.c", "a.e"])
    #expect(text.places.sorted { $0.key < $1.key }.map(\.value.resource) == [0, 2, 1, 3])
    playbook.set(FoundPlaybook.Place(section: 0, resource: 2), obstacle: "it moves")
    #expect(playbook.text.text.contains("# left out: sysctl[a.d]: it moves"))
    #expect(check(playbook).baseline?.controls[0].resources.count == 3)
  }

  @Test func `hostile names and values come back as they were, or as comments`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let pieces = [
      "a", "0", " ", "\t", "\n", ": ", " #", "- ", "'", "\"", "\\", "{", "}", "[", ",", "&x", "*",
      "!", "|", "%", "@", "~", "no", "$", "$${", "${x}", "${", "漢", "\u{A0}", "\u{FFFE}", "\r",
      "\u{1B}", "\u{202E}", "\u{FFFD}",
    ]
    let text = { (random: inout SeededRandom) in
      (0..<Int.random(in: 1...6, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
    }
    for _ in 0..<200 {
      var playbook = FoundPlaybook(host: text(&random), tool: "0.1.0")
      var wanted: [Link] = []
      for index in 0..<4 {
        let found = (path: "/\(index)\(text(&random))", target: text(&random))
        playbook.add(
          Findings([link(found.path, found.target)], remarks: [text(&random)]), of: Link.self,
          matching: text(&random))
        if playbook.controls.contains(index) {
          wanted.append(Link(path: found.path, target: found.target))
        }
      }
      guard !wanted.isEmpty else { continue }
      let loaded = check(playbook)
      #expect(loaded.diagnostics.isEmpty, "seed \(seed):\n\(playbook.text.text)")
      let resources = loaded.baseline?.controls.flatMap(\.resources).map(\.desired) as? [Link]
      #expect(resources == wanted, "seed \(seed):\n\(playbook.text.text)")
    }
  }
}
