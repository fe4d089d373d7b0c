import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct StatusTextTests {
  @Test func `an interrupted run comes first and wants a person`() throws {
    try Snapshot.check(StatusText.text(RunsTextTests.runs), "views/status.txt")
    #expect(StatusText.exit(RunsTextTests.runs) == .attention)
  }

  @Test func `what is in effect, and how to undo it`() {
    let text = StatusText.text([RunsTextTests.runs[0]])
    #expect(
      text.hasPrefix(
        "run 9     partly in effect  since 2026-11-20 00:00 UTC  41 steps  base, web\n"))
    #expect(text.hasSuffix("To undo the newest: harden rollback 9\n"))
    #expect(StatusText.exit([RunsTextTests.runs[0]]) == .success)
  }

  @Test func `a run that waits, and one that nobody confirmed`() {
    var run = RunsTextTests.runs[0]
    run.state = .waiting
    run.until = 1_795_132_805
    #expect(
      StatusText.text([run]) == """
        Run 9 waits to be confirmed until 2026-11-20T00:00:05Z, and is undone otherwise.
        next, from a new login: harden confirm

        """)
    #expect(StatusText.exit([run]) == .success)
    run.onReboot = .probe
    #expect(StatusText.text([run]).contains("\nAfter a reboot before then its canary decides.\n"))
    run.isRebooted = true
    #expect(
      StatusText.text([run]).contains(
        "\nIts canary is asked in this boot, and confirms or undoes it; another reboot undoes it.\n"
      ))
    run.state = .reverted
    #expect(
      StatusText.text([run]).hasPrefix(
        "Run 9 was not confirmed and has been undone; see: harden show 9\n"))
  }

  @Test func `an untouched host`() {
    #expect(StatusText.text([]) == "Nothing that harden did is in effect on this host.\n")
    #expect(StatusText.exit([]) == .success)
  }

  @Test func `what an image has left is told in the image, and wants a person after the boot`() {
    let image = StatusText.FirstBoot(runs: [9])
    #expect(
      StatusText.text([RunsTextTests.runs[0]], firstBoot: image).hasPrefix(
        "Run 9 left what only a running host has to the first boot of this image.\nrun 9"))
    #expect(StatusText.exit([], firstBoot: image) == .success)
    let late = StatusText.FirstBoot(runs: [3, 9], isLate: true)
    let text = StatusText.text([], firstBoot: late)
    #expect(text.hasPrefix("Run 3, 9 left something to the first boot, and it is not done; "))
    #expect(text.contains("next: harden first-boot\n"))
    #expect(StatusText.exit([], firstBoot: late) == .attention)
    #expect(StatusText.exit([], firstBoot: .init(runs: [], isLate: true)) == .success)
  }
}
