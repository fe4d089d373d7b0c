import Foundation
import HardenTestSupport
import Testing

/// Generated trees and playbooks, through the built program: apply, apply again, roll back.
struct RoundTripTests {
  private static let seeds = 500

  @Test func `rolling back gives back every generated tree, and applying twice changes nothing`()
    throws
  {
    var tally = (changed: 0, refused: 0, steps: 0)
    let chosen = ProcessInfo.processInfo.environment["HARDEN_SEED"].flatMap { UInt64($0) }
    for seed in chosen.map({ $0...$0 }) ?? 1...UInt64(Self.seeds) {
      try Self.roundTrip(seed, &tally)
    }
    print(
      "round trips: \(Self.seeds) trees, \(tally.changed) changed, \(tally.steps) steps, \(tally.refused) with refusals"
    )
    #expect(
      chosen != nil || tally.changed > Self.seeds / 2, "the generator must make trees that differ")
  }

  private static func roundTrip(
    _ seed: UInt64, _ tally: inout (changed: Int, refused: Int, steps: Int)
  ) throws {
    let scene = try RandomScene(seed: seed)
    defer { try? FileManager.default.removeItem(atPath: scene.playbook) }
    let state = scene.root.path + ".state"
    defer { try? FileManager.default.removeItem(atPath: state) }
    let before = TreeSnapshot(scene.root.path)
    let common = ["--root", scene.root.path, "--state", state]

    let shown = try Launch(
      Program.path, ["plan", scene.playbook, "--format", "json"] + common, captures: true)
    let except = try excepted(shown.output, seed)
    #expect(
      TreeSnapshot(scene.root.path).differences(from: before) == [], "seed \(seed): plan wrote")
    if !except.isEmpty { tally.refused += 1 }
    let words = [scene.playbook] + except.flatMap { ["--except", $0] } + common

    let apply = try Launch(
      Program.path, ["apply", "--yes", "--detailed-exitcode"] + words, captures: true)
    if apply.status == 3, apply.output.contains("nothing was checked") { return }
    #expect(apply.status == 0 || apply.status == 2, "seed \(seed): \(apply.output)")
    let after = TreeSnapshot(scene.root.path)
    if apply.status == 2 {
      tally.changed += 1
      tally.steps += after.differences(from: before).count
    }

    let again = try Launch(
      Program.path, ["apply", "--yes", "--detailed-exitcode"] + words, captures: true)
    #expect(again.status == 0, "seed \(seed): applied twice: \(again.output)")
    #expect(
      TreeSnapshot(scene.root.path).differences(from: after) == [], "seed \(seed): applied twice")

    let back = try Launch(Program.path, ["rollback", "--yes"] + common, captures: true)
    #expect(back.status == 0, "seed \(seed): \(back.output)")
    #expect(TreeSnapshot(scene.root.path).differences(from: before) == [], "seed \(seed)")
  }

  /// The controls that the plan says stand in the way.
  private static func excepted(_ json: String, _ seed: UInt64) throws -> [String] {
    guard let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) else {
      Issue.record("seed \(seed): \(json)")
      return []
    }
    let document = object as? [String: Any]
    let obstacles = (document?["plan"] as? [String: Any])?["obstacles"] as? [[String: Any]] ?? []
    return obstacles.filter { $0["kind"] as? String == "refusal" }.compactMap {
      $0["subject"] as? String
    }
  }
}
