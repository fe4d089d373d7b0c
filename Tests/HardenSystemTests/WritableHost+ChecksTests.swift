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
    try require(.sshd, "PermitRootLogin no\n")
    do {
      try require(.sshd, "PermitRootLogin maybe\n")
      Issue.record("taken")
    } catch let error as SystemError {
      #expect(
        error.description.contains("/etc/file line 1: unsupported option \"maybe\""), "\(error)")
    }
  }

  @Test(.enabled(if: hasBoth, "openssh-server and sudo"))
  func `what sshd says where it does not run is no mistake of the file`() throws {
    // There is no /run/sshd then, and warnings come before the words about it.
    let said = try Launch(
      "/usr/bin/unshare",
      [
        "-m", "/bin/sh", "-c",
        "mount -t tmpfs none /run; echo RSAAuthentication yes | /usr/sbin/sshd -t -f /dev/stdin",
      ], captures: true)
    #expect(said.status != 0)
    let last = try #require(said.output.split(whereSeparator: \.isNewline).last)
    #expect(ConfigurationCheck.sshd.isTaken(saying: String(last)), "\(said.output)")
    #expect(!ConfigurationCheck.sshd.isTaken(saying: "no hostkeys available"))
    #expect(!ConfigurationCheck.sudoers.isTaken(saying: String(last)))
  }

  @Test func `nothing of another root is run`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/sbin/visudo", "#!/bin/sh\nexit 1\n", mode: 0o755)
    try require(.sudoers, "no sense\n", root: root.path)
  }
}
