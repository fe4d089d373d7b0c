import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct NextBootTests {
  private static let folder = "/etc/systemd/system"
  private static let early = [
    "harden-guard.service", "sysinit.target.wants", "sysinit.target.wants/harden-guard.service",
  ]
  private static let later = [
    "harden-guard-canary.service", "harden-guard-deadline.service", "harden-guard-deadline.timer",
    "multi-user.target.wants", "multi-user.target.wants/harden-guard-canary.service",
    "sysinit.target.wants/harden-guard-deadline.timer",
  ]

  private func units(_ root: TemporaryRoot) throws -> [String] {
    try Shell.run("cd \(root.path)\(Self.folder) && find . -mindepth 1 | cut -c3- | sort").split(
      separator: "\n"
    ).map(String.init)
  }

  private func nextBoot(_ onReboot: OnReboot, seconds: Int64 = 300) -> NextBoot {
    NextBoot(
      words: ["/state/guard/harden", "guard", "--state", "/a b"],
      terms: ConfirmTerms(
        boot: "b", began: 5000, now: 0, span: TimeSpan(seconds: seconds), onReboot: onReboot))
  }

  /// Does `body` on a root that may be changed.
  private func stage(
    _ calls: Calls = .kernel, _ body: (TemporaryRoot, borrowing WritableHost) throws -> Void
  ) throws {
    let root = try TemporaryRoot()
    root.makeDirectory(Self.folder)
    let state = try StateDirectory.create(root.path + ".state", calls: calls)
    defer { TemporaryRoot.remove(root.path + ".state") }
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    try body(
      root,
      try Host(root: root.path).writable(under: lock, recording: try state.create("scratch")))
  }

  @Test func `a run that is undone by a reboot has one unit, one that is probed all`() throws {
    for onReboot in OnReboot.allCases {
      try stage { root, host in
        try nextBoot(onReboot).arm(on: host)
        let all = onReboot == .probe ? Self.early + Self.later : Self.early
        #expect(try units(root) == all.sorted())
        try NextBoot.disarm(on: host)
        #expect(try units(root).allSatisfy { $0.hasSuffix(".wants") })
        try NextBoot.disarm(on: host)
      }
    }
  }

  @Test func `the time counts from the boot, and other terms replace what was armed`() throws {
    try stage { root, host in
      try nextBoot(.probe).arm(on: host)
      let timer = "\(Self.folder)/harden-guard-deadline.timer"
      #expect(root.text(timer)?.contains("\nOnBootSec=301s\n") == true)
      try nextBoot(.probe, seconds: 60).arm(on: host)
      #expect(root.text(timer)?.contains("\nOnBootSec=61s\n") == true)
      try nextBoot(.revert).arm(on: host)
      #expect(try units(root) == (Self.early + ["multi-user.target.wants"]).sorted())
    }
  }

  @Test func `each unit runs the guard's copy, and only the late one asks the canary`() throws {
    try stage { root, host in
      try nextBoot(.probe).arm(on: host)
      for name in Self.early + Self.later where name.hasSuffix(".service") && !name.contains("/") {
        let text = root.text("\(Self.folder)/\(name)") ?? ""
        let canary = name.contains("canary") ? " \"--canary\"" : ""
        #expect(
          text.contains(
            "\nExecStart=\"/state/guard/harden\" \"guard\" \"--state\" \"/a b\"\(canary)\n"),
          "\(text)")
      }
    }
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: "/usr/bin/systemd-analyze"),
      "systemd-analyze is missing"))
  func `systemd understands the units`() throws {
    try stage { root, host in
      try NextBoot(words: ["/bin/true", "guard"], terms: nextBoot(.probe).terms).arm(on: host)
      let names = (Self.early + Self.later).filter { !$0.contains("wants") }.joined(separator: " ")
      let said = try Shell.run(
        "cd \(root.path)\(Self.folder); systemd-analyze verify \(names) 2>&1 | grep harden-guard || true"
      )
      #expect(said == "", "\(said)")
    }
  }
}
