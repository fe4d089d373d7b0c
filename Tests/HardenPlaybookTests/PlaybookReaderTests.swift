import HardenModel
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct PlaybookReaderTests {
  private func ids(_ loaded: LoadedPlaybooks) -> [String] {
    loaded.baseline?.controls.map(\.id) ?? Loading.codes(loaded)
  }

  @Test func `what is included comes first and belongs to the including playbook`() throws {
    let loading = try Loading()
    loading.folder.write(
      "/sub/one.yaml",
      "harden: 1\nname: other\ninclude: [../two.yaml]\ncontrols:\n" + Loading.control("one"))
    loading.folder.write("/two.yaml", "harden: 1\ncontrols:\n" + Loading.control("two"))
    let loaded = try loading.load(
      Loading.playbook("include: [sub/one.yaml]\ncontrols:\n" + Loading.control("top")))
    #expect(ids(loaded) == ["two", "one", "top"])
    #expect(Set(loaded.baseline?.controls.map(\.playbook) ?? []) == ["example"])
  }

  @Test func `variables of an included file come from its include`() throws {
    let loading = try Loading()
    loading.folder.write(
      "/one.yaml",
      "harden: 1\nvars: {where: {type: path}}\ncontrols:\n  - {id: one, ensure: [file: {path: \"${where}\", mode: \"0644\"}]}\n"
    )
    let top =
      "vars: {base: {type: path, default: /srv}}\ninclude: [{from: one.yaml, vars: {where: \"${base}/x\"}}]\n"
    let loaded = try loading.load(Loading.playbook(top))
    #expect(loaded.baseline?.controls.first?.resources.first?.address.name == "/srv/x")
    // The include has the last word on what it gives.
    let set = try loading.load(Loading.playbook(top), set: ["where": "/other"])
    #expect(set.baseline?.controls.first?.resources.first?.address.name == "/srv/x")
    // A file does not see what the including one declares.
    loading.folder.write(
      "/two.yaml",
      "harden: 1\ncontrols:\n  - {id: two, ensure: [file: {path: \"${base}\", mode: \"0644\"}]}\n")
    let blind = try loading.load(
      Loading.playbook(top.replacing("one.yaml, vars: {where: \"${base}/x\"}", with: "two.yaml")))
    #expect(blind.diagnostics.map(\.code) == [.unknownVariable])
  }

  @Test func `profiles select by tag and reach plain includes`() throws {
    let loading = try Loading()
    loading.folder.write(
      "/plain.yaml",
      "harden: 1\ncontrols:\n" + Loading.control("p1", ", tags: [l1]")
        + Loading.control("p2", ", tags: [l2]"))
    loading.folder.write(
      "/own.yaml",
      "harden: 1\nprofiles: {all: {tags: [l1, l2]}}\ncontrols:\n"
        + Loading.control("o1", ", tags: [l1]") + Loading.control("o2", ", tags: [l2]"))
    let text = Loading.playbook(
      "profiles: {one: {tags: [l1]}}\ninclude: [plain.yaml, {from: own.yaml, profile: all}]\ncontrols:\n"
        + Loading.control("t1", ", tags: [l1, x]") + Loading.control("t2", ", tags: [l2]")
        + Loading.control("t3"))
    #expect(ids(try loading.load(text, profile: "one")) == ["p1", "o1", "o2", "t1"])
    #expect(ids(try loading.load(text)).count == 7)
    #expect(try loading.load(text, profile: "two").diagnostics.map(\.code) == [.unknownProfile])
  }

  @Test func `except leaves out, and only what the include brought`() throws {
    let loading = try Loading()
    loading.folder.write(
      "/one.yaml", "harden: 1\ncontrols:\n" + Loading.control("a") + Loading.control("b"))
    let body = { (except: String) in
      Loading.playbook(
        "include: [{from: one.yaml, except: \(except)}]\ncontrols:\n"
          + Loading.control("c", ", after: [a]"))
    }
    #expect(ids(try loading.load(body("a"))) == ["b", "c"])
    #expect(try loading.load(body("a")).baseline?.controls.last?.after == [])
    #expect(try loading.load(body("[b]")).baseline?.controls.last?.after == ["a"])
    #expect(try loading.load(body("c")).diagnostics.map(\.code) == [.unknownControl])
  }

  @Test func `a broken include does not make names unknown`() throws {
    let loading = try Loading()
    loading.folder.write("/one.yaml", "harden: 1\ncontrols: [\n")
    let loaded = try loading.load(
      Loading.playbook("include: [one.yaml]\ncontrols:\n" + Loading.control("c", ", after: [a]")))
    #expect(loaded.diagnostics.map(\.code) == [.syntax])
  }

  @Test func `sources are part of what the plan was computed from`() throws {
    let loading = try Loading()
    loading.folder.write("/files/motd", "hello\n")
    let loaded = try loading.load(
      Loading.playbook(
        "controls:\n  - {id: a, ensure: [file: {path: /etc/motd, source: files/motd}]}\n"))
    #expect(
      loaded.baseline?.sources.map { $0.path.split(separator: "/").last } == [
        "playbook.yaml", "motd",
      ])
  }
}
