import HardenModel
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct CanaryEntryTests {
  private static let tcp = "{tcp: \"127.0.0.1:22\"}"

  private func load(_ canary: String) throws -> LoadedPlaybooks {
    try Loading().load(
      Loading.playbook("controls:\n" + Loading.control("a") + "canary: \(canary)\n"))
  }

  @Test func `a probe is required unless the playbook says otherwise`() throws {
    let canary = try #require(
      load("[{id: a, probe: \(Self.tcp)}, {id: b, probe: \(Self.tcp), required: false}]")
        .baseline?.canary)
    #expect(canary.map(\.id) == ["a", "b"] && canary.map(\.isRequired) == [true, false])
  }

  @Test(arguments: [
    ("[{id: a, probe: ssh}]", [DiagnosticCode.wrongType]), ("[{probe: \(tcp)}]", [.missingKey]),
    ("[{id: a}]", [.missingKey]), ("[{id: a, probe: \(tcp), requird: true}]", [.unknownKey]),
    ("[{id: a, probe: \(tcp)}, {id: a, probe: \(tcp)}]", [.duplicateKey]), ("{}", [.wrongType]),
  ])
  func `mistakes are found`(text: String, codes: [DiagnosticCode]) throws {
    #expect(try load(text).diagnostics.map(\.code) == codes)
  }

  @Test func `a file adds to what the playbook has`() throws {
    let loading = try Loading()
    loading.folder.write(
      "/p.yaml",
      Loading.playbook(
        "controls:\n" + Loading.control("a") + "canary: [{id: a, probe: \(Self.tcp)}]\n"))
    loading.folder.write("/c.yaml", "canary: [{id: b, probe: \(Self.tcp)}]\n")
    loading.folder.write("/d.yaml", "canary: [{id: a, probe: \(Self.tcp)}]\nname: d\n")
    let request = { (file: String) in
      LoadRequest(
        paths: [loading.folder.outside("/p.yaml")], canaryFiles: [loading.folder.outside(file)],
        version: Loading.version, today: Loading.today)
    }
    #expect(try loading.load(request("/c.yaml")).baseline?.canary.map(\.id) == ["a", "b"])
    #expect(
      try loading.load(request("/d.yaml")).diagnostics.map(\.code) == [.unknownKey, .duplicateKey])
  }
}
