import Foundation
import HardenModel
import Testing

@Suite struct SetUnitTests {
  @Test(arguments: [
    SetUnit.run(unit: "a.service", isRunning: false),
    .restart(unit: "a.service", invocation: "0f"), .reload(paths: ["/etc/systemd/system/a"]),
    .reread(unit: "ssh.service", owner: .sshd, paths: ["/etc/ssh/sshd_config"]),
  ])
  func `a step is written down and read again`(order: SetUnit) throws {
    let bytes = try JSONEncoder().encode(Step.setUnit(order))
    #expect(try JSONDecoder().decode(Step.self, from: bytes) == .setUnit(order))
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"step\":\"unit\""))
  }

  @Test func `what is stopped stops first, what starts comes behind the files`() {
    #expect(Step.setUnit(.run(unit: "a", isRunning: false)).phase == .first)
    #expect(Step.setUnit(.run(unit: "a", isRunning: true)).phase == .durable)
    #expect(Step.setUnit(.reload(paths: [])).phase == .durable)
    #expect(Step.setUnit(.reload(paths: [])).reversibility == .exact)
    #expect(Step.setUnit(.restart(unit: "a", invocation: "")).reversibility == .effective)
    #expect(!Step.setUnit(.reload(paths: [])).changesKernel)
    let reread = { Step.setUnit(.reread(unit: "a", owner: $0, paths: [])) }
    #expect(reread(.sshd).phase == .durable && reread(.sshd).reversibility == .exact)
    #expect(reread(.journald).reversibility == .effective)
  }
}
