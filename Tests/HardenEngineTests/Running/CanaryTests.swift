import HardenModel
import HardenSystem
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
}
