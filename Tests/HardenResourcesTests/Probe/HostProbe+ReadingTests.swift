import HardenModel
import Testing

@testable import HardenResources

@Suite struct HostProbeReadingTests {
  @Test(arguments: [
    ("{fips: on}", ["fips"]), ("{elf: [/a, /b], static: true}", ["elf /a", "elf /b"]),
    ("{certificate: /a/*.crt, days_left: {at_least: 30}}", ["certificate /a/*.crt"]),
    (
      "{absent_pattern: {files: [/a, /b], pattern: x y, ignore_case: true}}",
      ["absent_pattern /a x y in any case", "absent_pattern /b x y in any case"]
    ),
    ("{unit: ssh}", ["unit ssh.service"]), ("{tcp: \"127.0.0.1:22\"}", ["tcp 127.0.0.1:22"]),
    ("{http: \"http://127.0.0.1/x\", timeout: 1s}", ["http 127.0.0.1:80/x"]),
    ("{command: [/bin/true], as: daemon}", ["command /bin/true as daemon"]),
  ])
  func `each kind of question has its name`(text: String, names: [String]) throws {
    let entry = try Entry<HostProbe>(text)
    #expect(entry.messages == [])
    #expect(entry.resources.map(\.address.name) == names)
  }

  @Test(arguments: [
    ("{}", "a probe looks at one thing, not at 0"),
    ("{fips: on, unit: a}", "a probe looks at one thing, not at 2"),
    ("{fips: true}", "'true' is none of on, off"),
    ("{unit: a, command_line: true}", "'command_line' belongs to 'fips'"),
    ("{digest: /a}", "'digest' needs 'sha256' beside it"),
    (
      "{digest: {/a: \(String(repeating: "0", count: 64))}, sha256: \(String(repeating: "1", count: 64))}",
      "the mapping below 'digest' has the digests already"
    ),
    ("{elf: /a}", "'elf' needs 'static' beside it"),
    ("{certificate: /a}", "'certificate' needs 'days_left' beside it"),
    ("{fips: on, pie: true}", "'pie' belongs to 'elf'"),
    ("{command: [true]}", "a command begins with the full path of its program"),
    ("{login: root}", "a probe looks at one thing, not at 0"),
  ])
  func `mistakes are found`(text: String, message: String) throws {
    #expect(try Entry<HostProbe>(text).messages.contains(message), "\(text)")
  }
}
