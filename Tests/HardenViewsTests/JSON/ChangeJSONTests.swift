import Foundation
import HardenModel
import Testing

@testable import HardenViews

@Suite struct ChangeJSONTests {
  private func object(_ value: some Encodable) throws -> [String: Any] {
    let data = try JSONEncoder().encode(value)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `a value that is not there has no key`() throws {
    let none = try object(PlaneJSON(PlaneState(.file, observed: nil, wanted: nil, holds: true)))
    #expect(Set(none.keys) == ["plane", "holds"])
    let all = try object(
      PlaneJSON(
        PlaneState(
          .boot, observed: "", wanted: "1", holds: false, observedAt: Place("/a", line: 3),
          wantedAt: Place("/b"))))
    #expect(all["observed"] as? String == "" && all["wanted"] as? String == "1")
    #expect((all["observed_at"] as? [String: Any])?["line"] as? Int == 3)
    #expect((all["wanted_at"] as? [String: Any])?["path"] as? String == "/b")
  }

  @Test func `drift, refusal and undo class are named`() throws {
    let drifted = try object(ChangeJSON(SamplePlan.changes[0]))
    #expect((drifted["drifted"] as? [String: Any])?["run"] as? Int == 14)
    let refused = try object(ChangeJSON(SamplePlan.changes[5]))
    #expect(refused["refusal"] as? String == "the file has 3 hard links")
    #expect(refused["action"] as? String == "refuse")
    #expect(try object(ChangeJSON(SamplePlan.changes[4]))["undo"] as? String == "at-boot")
  }

  @Test func `a step shows its effects and never its bytes`() throws {
    let sysctl = try object(StepJSON(SamplePlan.steps[0]))
    #expect((sysctl["effects"] as? [Any])?.count == 2)
    let file = try object(StepJSON(SamplePlan.steps[1]))
    #expect(Set(file.keys) == ["target", "addresses", "undo"])
  }
}
