import HardenModel
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct WaiverEntryTests {
  private let playbook = Loading.playbook("controls:\n" + Loading.control("a"))

  private func load(_ waivers: String) throws -> LoadedPlaybooks {
    let loading = try Loading()
    loading.folder.write("/p.yaml", playbook)
    loading.folder.write("/w.yaml", waivers)
    return try loading.load(
      LoadRequest(
        paths: [loading.folder.outside("/p.yaml")],
        waiverFiles: [loading.folder.outside("/w.yaml")], version: "0.1.0", today: Loading.today))
  }

  @Test func `a file of waivers is read`() throws {
    let waiver = try #require(
      load("waivers:\n  - {control: a, until: 2027-03-31, owner: me, reason: r, ticket: T-1}\n")
        .baseline?.waivers.first)
    #expect(waiver.control == "a" && waiver.until == "2027-03-31" && waiver.owner == "me")
    #expect(waiver.reason == "r" && waiver.ticket == "T-1" && waiver.at.line == 2)
  }

  @Test(arguments: [
    ("waivers: {}\n", [DiagnosticCode.wrongType]), ("controls: []\n", [.missingKey, .unknownKey]),
    ("waivers: [{control: a, until: tomorrow, owner: me, reason: r}]\n", [.wrongValue]),
    ("waivers: [{control: a, until: 2027-3-31, owner: me, reason: r}]\n", [.wrongValue]),
    ("waivers: [{control: b, until: 2027-03-31, owner: me, reason: r}]\n", [.waiverUnknown]),
    ("waivers: [{control: a, until: 2027-03-31}]\n", [.missingKey, .missingKey]),
  ])
  func `mistakes are found`(text: String, codes: [DiagnosticCode]) throws {
    #expect(try load(text).diagnostics.map(\.code) == codes)
  }
}
