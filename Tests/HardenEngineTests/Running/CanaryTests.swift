import HardenCore
import HardenModel
import HardenResources
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct CanaryTests {
  @Test(arguments: [
    ("HTTP/1.0 200 OK\r\n\r\nfine", ProbeAnswer.holds), ("HTTP/1.1 302 Found\r\n", .holds),
    ("HTTP/1.1 503 Busy\r\n", .fails(reason: "it answers with 503")),
    ("SSH-2.0-x\r\n", .fails(reason: "the answer is no HTTP: 'SSH-2.0-x'")),
    ("", .fails(reason: "the answer is no HTTP: ''")),
  ])
  func `answers of a web server`(reply: String, answer: ProbeAnswer) {
    #expect(Canary.judge(http: reply) == answer)
  }

  @Test func `ends of a command`() {
    let span = TimeSpan(seconds: 5)
    #expect(Canary.judge(.init(status: 0, isTimedOut: false, output: "x"), span) == .holds)
    #expect(
      Canary.judge(.init(status: 2, isTimedOut: false, output: "one\ntwo\n"), span)
        == .fails(reason: "exit 2: two"))
    #expect(
      Canary.judge(.init(status: 137, isTimedOut: true, output: ""), span)
        == .fails(reason: "not done within 5s; it was killed with all that it started"))
  }

  @Test func `what is gone is named, what is new is no matter`() {
    let judge = { (before: [String]?, now: [String]) in
      Canary.judge(gone: before, now: now, "is gone")
    }
    #expect(judge(["a", "b"], ["b", "a", "c"]) == .holds)
    #expect(judge(["a", "b"], ["b"]) == .fails(reason: "a is gone"))
    #expect(judge(["a", "b", "c"], ["b"]) == .fails(reason: "a is gone, and 1 more"))
    #expect(judge(nil, []) == .notApplicable(reason: "it is not known how it was before the run"))
  }

  @Test func `an image has nothing to ask, and the answers are in the journal`() throws {
    let engine = try Engine()
    var plan = try engine.plan([
      engine.control("a", "file", ["path": "/etc/a", "state": "present", "content": "new\n"])
    ])
    plan.canary = [
      CanaryProbe(
        id: "never", probe: .command(words: ["/bin/false"], user: "root"),
        timeout: TimeSpan(seconds: 5), isRequired: true)
    ]
    let report = try engine.apply(plan)
    let answer = ProbeAnswer.notApplicable(reason: "an image has nothing that runs")
    #expect(report.ending == .applied && report.probed.map(\.answer) == [answer])
    let records = try engine.store().journal(of: 1).records
    #expect(records.contains(.probed(.init(id: "never", answer: answer))))
  }

  /// A canary that is asked whether the kernel is still as it was; a file stands in front of the
  /// parameter, which no kernel here gives back.
  private func lock(besides command: String) throws -> (ending: Report.Ending?, value: String?) {
    try Namespace.run {
      try Namespace.mountEmpty("/srv")
      let root = try TemporaryRoot()
      root.write("/key", "0\n")
      try Namespace.bind(root.outside("/key"), at: "/proc/sys/kernel/unprivileged_bpf_disabled")
      let engine = try Engine()
      let now = engine.now
      var control = engine.control("c", "file", ["path": "/srv/f", "content": "new\n"])
      let key = SysctlKey(name: "kernel.unprivileged_bpf_disabled")
      control.resources.append(
        Resource(
          Sysctl(key, SysctlWanted("1"), isPersistent: false),
          owner: Owner(playbook: "p", control: "c"), at: control.at))
      guard
        case .plan(var plan) = try engine.planner.plan(
          engine.baseline([control]), on: Host(), history: History())
      else { return (nil, nil) }
      plan.tool = "0.1.0"
      let look =
        "test -e /srv/f && grep -q 0 /proc/sys/kernel/unprivileged_bpf_disabled && \(command)"
      plan.canary = [
        CanaryProbe(
          id: "look", probe: .command(words: ["/bin/sh", "-c", look], user: "root"),
          timeout: TimeSpan(seconds: 5), isRequired: true)
      ]
      let options = Applier.Options(
        accepted: plan.obstacles.map(\.subject),
        actor: Actor(login: nil, session: nil, user: 0, command: []))
      let report = try Applier(planner: engine.planner, tool: "0.1.0", clock: { now })
        .apply(plan, on: Host(), store: try engine.store(), options: options)
      return (report.ending, root.text("/key"))
    }
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `what the kernel does not take back comes when all else is good to the canary`() throws {
    let holds = try lock(besides: "true")
    #expect(holds.ending == .applied && holds.value?.hasPrefix("1") == true, "\(holds)")
    let fails = try lock(besides: "false")
    #expect(fails.ending == .restored && fails.value == "0\n", "\(fails)")
  }
}
