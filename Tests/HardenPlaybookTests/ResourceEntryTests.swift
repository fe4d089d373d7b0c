import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct ResourceEntryTests {
  private func codes(_ ensure: String) throws -> [String] {
    Loading.codes(
      try Loading().load(Loading.playbook("controls:\n  - id: a\n    ensure: \(ensure)\n")))
  }

  @Test func `entries and lists make their resources in order`() throws {
    let loaded = try Loading().load(
      Loading.playbook(
        "controls:\n  - id: a\n    ensure:\n      - file: {path: [/b, /a], mode: \"0644\"}\n      - sysctl: {key: kernel.sysrq, value: 0}\n"
      ))
    #expect(
      loaded.baseline?.controls.first?.resources.map(\.address.description) == [
        "file[/b]", "file[/a]", "sysctl[kernel.sysrq]",
      ])
  }

  @Test(arguments: [
    ("[sysctl: {key: kernel.sysrq, value: 0}]", [String]()),
    ("{sysctl: {key: kernel.sysrq, value: 0}}", ["H0103 5:13"]),
    ("[[]]", ["H0103 5:14"]), ("[{}]", ["H0103 5:14"]), ("[]", ["H0102 5:13"]),
    ("[{sysctl: {key: kernel.sysrq, value: 0}, file: {}}]", ["H0101 5:54"]),
    ("[firewall: {default: drop}]", ["H0202 5:14"]), ("[mounts: {path: /tmp}]", ["H0201 5:14"]),
    ("[sysctl: x]", ["H0103 5:22"]),
  ])
  func `an entry is one kind`(ensure: String, expected: [String]) throws {
    let found = try codes(ensure).filter { $0 != "H0211 1:1" }
    #expect(found.prefix(1) == expected.prefix(1), "\(found)")
  }
}
