import HardenModel
import Testing

@testable import HardenViews

@Suite struct ChangeTextTests {
  private func lines(_ change: Change, isFull: Bool = false, style: Style = .plain) -> [String] {
    var page = Page(style)
    ChangeText(change: change, isFull: isFull, width: 0).write(to: &page)
    return page.text.split(separator: "\n").map(String.init)
  }

  private func change(_ planes: [PlaneState], notes: [String] = []) -> Change {
    Change(
      Address(kind: "sysctl", name: "a.b"), action: .update, control: "c", at: SamplePlan.at(1),
      planes: planes, reversibility: .exact, notes: notes)
  }

  @Test func `a plane that holds is shown only where it matters`() {
    let planes = [
      PlaneState(.now, observed: "1", wanted: "1", holds: true),
      PlaneState(.boot, observed: "0", wanted: "1", holds: false),
    ]
    #expect(!lines(change(planes)).contains("        NOW   1  ok"))
    #expect(lines(change(planes), isFull: true).contains("        NOW   1  ok"))
    var drifted = change(planes)
    drifted.drifted = Drift(run: 3, at: SamplePlan.day)
    #expect(lines(drifted).contains("        NOW   1  ok"))
    var refused = change(planes)
    refused.refusal = "no"
    refused.action = .refuse
    #expect(lines(refused).contains("        NOW   1  ok"))
  }

  @Test func `planes stand in their order, and one place is named once`() {
    let here = Place("/etc/a.conf")
    let planes = [
      PlaneState(
        .file, observed: "x", wanted: nil, holds: false, observedAt: here, wantedAt: here),
      PlaneState(.now, observed: "0", wanted: "1", holds: false),
    ]
    #expect(
      lines(change(planes)).dropFirst().prefix(2) == [
        "        NOW   0 -> 1", "        FILE  x -> (nothing) (/etc/a.conf)",
      ])
  }

  @Test func `what nobody can make so has no way of undoing`() {
    var unmet = change([PlaneState(.now, observed: "off", wanted: "on", holds: false)])
    unmet.action = .unmet
    #expect(lines(unmet).last == "        kept  nothing that harden can change")
    #expect(lines(unmet).first?.hasPrefix("  ! ") == true)
  }

  @Test func `nothing and the empty value are told apart`() {
    let planes = [PlaneState(.now, observed: nil, wanted: "", holds: false)]
    #expect(lines(change(planes)).contains("        NOW   (nothing) -> (empty)"))
  }

  @Test func `a difference of content keeps its lines, in the colours of a difference`() {
    let notes = ["content\n- old\n+ new\n"]
    let plain = lines(change([], notes: notes))
    #expect(plain.contains("          - old") && plain.contains("          + new"))
    let coloured = lines(change([], notes: notes), style: .coloured)
    #expect(coloured.contains("          \u{1b}[31m- old\u{1b}[0m"))
    #expect(coloured.contains("          \u{1b}[32m+ new\u{1b}[0m"))
  }

  @Test(arguments: [
    (Reversibility.exact, "undo  exact"), (.effective, "undo  effective"),
    (.atBoot, "undo  at-boot"), (.none, "wants --accept-irreversible sysctl[a.b]"),
  ])
  func `every undo class is said`(reversibility: Reversibility, part: String) {
    var change = change([])
    change.reversibility = reversibility
    #expect(lines(change).last?.contains(part) == true)
  }
}
