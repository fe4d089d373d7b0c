import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct WritableHostGuardingTests {
  @Test func `a process that is let go has nothing of ours`() throws {
    let stage = try Probing()
    let out = stage.root.outside("/out")
    let process = try stage.host.detach([
      "/bin/sh", "-c",
      "exec > \(out).new; ls /proc/$$/fd | tr '\\n' ' '; pwd; cut -d' ' -f5,6 /proc/$$/stat; mv \(out).new \(out)",
    ])
    for _ in 0..<500 where stage.root.text("/out") == nil { usleep(10_000) }
    let text = try #require(stage.root.text("/out"))
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("0 1 2") && lines[0].hasSuffix("/"), "\(text)")
    // Its process group and session are not ours.
    #expect(lines[1] != "\(getpgrp()) \(getsid(0))" && process > 1, "\(text)")
  }

  @Test func `what cannot be executed is an error at once`() throws {
    let stage = try Probing()
    #expect(throws: SystemError("execve", "/nonexistent", .noSuchFileOrDirectory)) {
      _ = try stage.host.detach(["/nonexistent", "x"])
    }
  }

  @Test(
    .enabled(
      if: !FileManager.default.fileExists(atPath: "/run/systemd/private"),
      "systemd runs here; the guest's checks ask it"))
  func `where no systemd runs, a timer is an error`() throws {
    let stage = try Probing()
    #expect(throws: SystemError.self) {
      try stage.host.startTimer(
        "harden-test", about: "x", after: TimeSpan(seconds: 60), ["/bin/true"])
    }
  }
}
