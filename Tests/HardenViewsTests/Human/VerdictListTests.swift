import HardenModel
import Testing

@testable import HardenViews

@Suite struct VerdictListTests {
  private func text(_ controls: [ControlVerdict], isFull: Bool = false) -> String {
    var page = Page(.plain)
    VerdictList(plan: SamplePlan.make(controls: controls), isFull: isFull).write(to: &page)
    return page.text
  }

  @Test(arguments: Verdict.allCases)
  func `in full every control is listed with its verdict and reason`(verdict: Verdict) {
    let text = text([SamplePlan.control("x", verdict, "because")], isFull: true)
    #expect(text.contains(verdict.rawValue) && text.contains("What x asks for"))
    #expect(text.contains("(because)"))
  }

  @Test func `in short what is neither pass nor fail is named, four at most`() {
    let unmeasured = (1...6).map { SamplePlan.control("u\($0)", .unmeasured) }
    let text = text(
      unmeasured + [SamplePlan.control("a", .holds), SamplePlan.control("b", .differs)])
    #expect(text == "unmeasured 6    u1, u2, u3, u4 and 2 more  (--full says why)\n")
  }
}
