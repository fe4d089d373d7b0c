import HardenModel
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct GivenVariablesTests {
  private let text = Loading.playbook(
    """
    vars: {a: {type: list, default: []}, b: {type: path, default: /b}}
    controls:
      - {id: x, title: "${b}", ensure: [file: {path: "${a}", mode: "0644"}]}

    """)

  @Test func `the command line wins over files, a later file over an earlier one`() throws {
    let loading = try Loading()
    loading.folder.write("/p.yaml", text)
    loading.folder.write("/one.yaml", "a: [/one]\nb: /one\n")
    loading.folder.write("/two.yaml", "b: /two\n")
    let loaded = try loading.load(
      LoadRequest(
        paths: [loading.folder.outside("/p.yaml")], set: ["a": "/x,/y"],
        variableFiles: ["/one.yaml", "/two.yaml"].map(loading.folder.outside), version: "0.1.0"))
    #expect(loaded.diagnostics == [])
    let control = try #require(loaded.baseline?.controls.first)
    #expect(control.title == "/two")
    #expect(control.resources.map(\.address.name) == ["/x", "/y"])
    #expect(loaded.baseline?.sources.count == 3)
  }

  @Test func `mistakes on the command line have no place but a name`() throws {
    let loaded = try Loading().load(text, set: ["b": "relative", "c": "1", "a": "/x"])
    #expect(loaded.diagnostics.map(\.code) == [.wrongValue, .unknownVariable])
    #expect(loaded.diagnostics.allSatisfy { $0.range == nil })
    #expect(loaded.diagnostics.first?.message.hasPrefix("--set b: ") == true)
  }

  @Test func `a file of variables is a mapping`() throws {
    let loading = try Loading()
    loading.folder.write("/p.yaml", text)
    loading.folder.write("/list.yaml", "- a\n")
    let loaded = try loading.load(
      LoadRequest(
        paths: [loading.folder.outside("/p.yaml")], set: ["a": "/x"],
        variableFiles: [loading.folder.outside("/list.yaml")], version: "0.1.0"))
    #expect(loaded.diagnostics.map(\.code) == [.wrongType])
  }
}
