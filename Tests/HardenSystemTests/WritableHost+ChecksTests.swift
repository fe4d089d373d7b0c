import Foundation
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct WritableHostChecksTests {
  static let hasBoth = ["/usr/sbin/sshd", "/usr/sbin/visudo"].allSatisfy(
    FileManager.default.isExecutableFile)

  private func require(_ check: ConfigurationCheck, _ text: String, root path: String = "/") throws
  {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"))
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let file = try state.create("scratch")
    let host = try Host(root: path).writable(under: lock, recording: file)
    try host.require(check, takes: Array(text.utf8), at: "/etc/file")
  }

  @Test(.enabled(if: hasBoth, "openssh-server and sudo"))
  func `the program that reads the file is asked`() throws {
    try require(.sudoers, "root ALL=(ALL:ALL) ALL\n")
    #expect(throws: SystemError.self) { try require(.sudoers, "root ALL ALL\n") }
    do {
      try require(.sshd, "PermitRootLogin maybe\n")
      Issue.record("taken")
    } catch let error as SystemError {
      #expect(
        error.description.contains("/etc/file line 1: unsupported option \"maybe\""), "\(error)")
    }
  }

  @Test func `nothing of another root is run`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/sbin/visudo", "#!/bin/sh\nexit 1\n", mode: 0o755)
    try require(.sudoers, "no sense\n", root: root.path)
  }
}
