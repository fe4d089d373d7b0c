import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct CanaryEntryTests {
  private func codes(_ canary: String) throws -> [DiagnosticCode] {
    let text = Loading.playbook("controls:\n" + Loading.control("a") + "canary: \(canary)\n")
    return try Loading().load(text).diagnostics.map(\.code)
  }

  @Test func `probes come later, whatever they are`() throws {
    #expect(try codes("[{id: a, probe: {tcp: \"127.0.0.1:22\"}, required: true}]") == [.laterKind])
    #expect(try codes("[{id: a, probe: {command: [/bin/true], as: root}}]") == [.laterKind])
  }

  @Test func `their form is checked already`() throws {
    #expect(try codes("[{id: a, probe: ssh}]").contains(.wrongType))
    #expect(try codes("[{probe: {tcp: x}}]").contains(.missingKey))
    #expect(try codes("[{id: a, probe: {tcp: x}, requird: true}]").contains(.unknownKey))
  }
}
