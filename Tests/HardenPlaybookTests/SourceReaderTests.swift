import HardenModel
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct SourceReaderTests {
  @Test func `a file is recorded once, with its digest`() throws {
    let folder = try TemporaryRoot(withAccounts: false)
    folder.write("/a.yaml", "a: 1\n")
    let reader = SourceReader(version: "0.1.0")
    let place = SourcePlace(named: folder.outside("/a.yaml"))
    #expect(reader.document(at: place)?["a"]?.text == "1")
    #expect(reader.document(at: place) != nil)
    #expect(reader.files.count == 1)
    #expect(reader.texts[place.name] == "a: 1\n")
    #expect(reader.isComplete && !reader.hasErrors)
  }

  @Test func `a text that is given needs no file`() throws {
    let reader = SourceReader(version: "0.1.0", given: ["a.yaml": Array("a: 1\n".utf8)])
    #expect(reader.document(at: SourcePlace(named: "a.yaml"))?["a"]?.text == "1")
    #expect(reader.document(at: SourcePlace(named: "b.yaml")) == nil)
  }

  @Test func `what stands at a broken place is not judged again`() throws {
    let folder = try TemporaryRoot(withAccounts: false)
    folder.write("/a.yaml", "a: &x 1\n")
    let reader = SourceReader(version: "0.1.0")
    let name = folder.outside("/a.yaml")
    let root = reader.document(at: SourcePlace(named: name))
    #expect(root != nil)
    #expect(reader.diagnostics.map(\.code) == [.anchor])
    reader.report(Diagnostic(.wrongType, "x", at: SourceRange(file: name, line: 1, column: 4)))
    #expect(reader.diagnostics.count == 1)
    reader.report(Diagnostic(.wrongType, "x", at: SourceRange(file: name, line: 1, column: 1)))
    #expect(reader.diagnostics.count == 2)
  }

  @Test func `the only mistake replaces what was said of its file`() {
    let reader = SourceReader(version: "0.1.0")
    let range = { (file: String) in SourceRange(file: file, line: 1, column: 1) }
    reader.report(Diagnostic(.wrongType, "x", at: range("a")))
    reader.report(Diagnostic(.wrongType, "x", at: range("b")))
    reader.reportOnly(Diagnostic(.formatVersion, "x", at: range("a")), about: "a")
    #expect(reader.diagnostics.map(\.code) == [.wrongType, .formatVersion])
    #expect(!reader.isComplete)
  }

  @Test func `includes cannot grow without bound`() throws {
    let loading = try Loading()
    for number in 0..<12 {
      loading.folder.write(
        "/f\(number).yaml", "harden: 1\ninclude: [f\(number + 1).yaml, f\(number + 1).yaml]\n")
    }
    loading.folder.write("/f12.yaml", "harden: 1\n")
    let loaded = try loading.load(Loading.playbook("include: [f0.yaml]\n"))
    #expect(loaded.diagnostics.map(\.code) == [.include])
  }
}
