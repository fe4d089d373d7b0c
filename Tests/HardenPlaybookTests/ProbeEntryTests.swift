import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct ProbeEntryTests {
  private func load(_ probe: String, vars: String = "") throws -> LoadedPlaybooks {
    try Loading().load(
      Loading.playbook(
        vars + "controls:\n" + Loading.control("a") + "canary: [{id: x, probe: \(probe)}]\n"))
  }

  @Test func `every kind of probe`() throws {
    let cases: [(String, Probe)] = [
      ("{tcp: \"127.0.0.1:22\"}", .tcp(address: "127.0.0.1", port: 22)),
      (
        "{http: \"http://127.0.0.1/\"}",
        .http(address: "127.0.0.1", port: 80, host: "127.0.0.1", path: "/")
      ),
      ("{unit: ssh}", .unit(name: "ssh.service")), ("{unit: a.socket}", .unit(name: "a.socket")),
      ("{command: [/bin/true, -x]}", .command(words: ["/bin/true", "-x"], user: "nobody")),
      ("{command: [/bin/true], as: go}", .command(words: ["/bin/true"], user: "go")),
      ("{login: alice}", .login(user: "alice")), ("{sudo: alice}", .sudo(user: "alice")),
      ("{writable: /srv}", .writable(path: "/srv")), ("{listening: kept}", .listening),
      ("{failed_units: none_new}", .failedUnits),
    ]
    for (text, probe) in cases {
      let found = try #require(load(text).baseline?.canary.first, "\(text)")
      #expect(found.probe == probe && found.timeout.seconds == 10 && found.isRequired)
    }
  }

  @Test func `a probe takes variables`() throws {
    let vars = "vars: {dir: {type: path, default: /srv}}\n"
    let loaded = try load("{writable: \"${dir}\", timeout: 2s}", vars: vars)
    #expect(loaded.baseline?.canary.first?.probe == .writable(path: "/srv"))
    #expect(loaded.baseline?.canary.first?.timeout.seconds == 2)
  }

  @Test(arguments: [
    ("{}", [DiagnosticCode.wrongValue]), ("{timeout: 5s}", [.wrongValue]), ("ssh", [.wrongType]),
    ("{login: a, sudo: a}", [.wrongValue]), ("{listening: yes}", [.wrongValue]),
    ("{command: [true]}", [.wrongValue]), ("{command: []}", [.wrongValue]),
    ("{command: /bin/true}", [.wrongType]), ("{login: a, as: b}", [.wrongValue]),
    ("{tcp: \"host:22\", tpc: x}", [.wrongValue, .unknownKey]), ("{login: \"-x\"}", [.wrongValue]),
    ("{tcp: \"127.0.0.1:22\", timeout: 10}", [.wrongValue]), ("{writable: srv}", [.wrongValue]),
  ])
  func `mistakes are found`(text: String, codes: [DiagnosticCode]) throws {
    #expect(try load(text).diagnostics.map(\.code) == codes)
  }
}
