import Foundation
import HardenTestSupport

/// Ends a verb at every point there is, one after the other, recovers each time, and looks whether
/// every target is exactly as before or exactly as after.
struct Sweep {
  let scene: Scene
  let harden: String
  let verb: String
  let fault: Child.Fault

  /// What a sweep came to.
  struct Tally {
    var points = 0
    var before = 0
    var after = 0
    var lost: [String] = []
  }

  /// The program itself, for children with a fault.
  private let this = CommandLine.arguments[0]
  private var last = ""

  init(scene: Scene, harden: String, verb: String, fault: Child.Fault) {
    self.scene = scene
    self.harden = harden
    self.verb = verb
    self.fault = fault
  }

  mutating func run() throws -> Tally {
    let origin = scene.snapshot()
    try start()
    try apply()
    let applied = scene.snapshot()
    try expect(harden(["rollback", "--yes"]), [0])
    let back = scene.snapshot().differences(from: origin)
    guard back.isEmpty else { throw Failure("a plain rollback differs: \(back)") }

    var tally = Tally()
    var point = 1
    while true {
      try start()
      let (from, to) = try prepare(origin, applied)
      let child = try Launch(
        this, ["child", verb, scene.root, scene.state, plan, fault.rawValue, "\(point)", harden],
        captures: true)
      if child.status == 0 {
        // It went through: there was no such point.
        try clean(origin)
        return tally
      }
      guard tally.lost.count < 10 else { return tally }
      tally.points += 1
      last = "\(verb) \(fault) at \(point): \(child.status)"
      check(child, from: from, to: to, point, &tally)
      try clean(origin)
      point += 1
    }
  }

  /// Brings the host to where the verb begins, and says how it looks before and after the verb.
  private func prepare(_ origin: Scene.Picture, _ applied: Scene.Picture) throws
    -> (from: Scene.Picture, to: Scene.Picture)
  {
    switch verb {
    case "rollback":
      try apply()
      return (scene.snapshot(), origin)
    case "recover":
      // An apply that was ended in its middle is what there is to recover.
      _ = try Launch(
        this, ["child", "apply", scene.root, scene.state, plan, "kill", "190", harden])
      return (origin, origin)
    case "confirm":
      let words = ["child", "window", scene.root, scene.state, plan, "count", "0", harden]
      let waiting = try Launch(this, words, captures: true)
      guard waiting.status == 0 else { throw Failure("no run waits: \(waiting.output)") }
      return (origin, applied)
    default:
      return (origin, applied)
    }
  }

  private func check(
    _ child: Launch, from: Scene.Picture, to: Scene.Picture, _ point: Int, _ tally: inout Tally
  ) {
    var recovery = try? harden(["recover"])
    // What still waits to be confirmed is left waiting, and given up here.
    if recovery?.status == 75 { recovery = try? harden(["rollback", "--yes"]) }
    let now = scene.snapshot()
    let (wasBefore, wasAfter) = (
      now.differences(from: from, timeless: verb == "rollback"),
      now.differences(from: to, timeless: verb != "rollback")
    )
    if wasBefore.isEmpty { tally.before += 1 } else if wasAfter.isEmpty { tally.after += 1 }
    let isRight = wasBefore.isEmpty || wasAfter.isEmpty
    let expected: [Int32] = fault == .kill ? [137] : [1, 3, 74]
    if !isRight || recovery?.status != 0 || !expected.contains(child.status) {
      tally.lost.append(
        "\(verb) \(fault) at \(point): child \(child.status), recovery \(recovery?.status ?? -1) "
          + "\(child.output)\(recovery?.output ?? ""): \(wasBefore.prefix(3)) | \(wasAfter.prefix(3))"
      )
    }
  }

  /// Puts everything back, so that the next point begins where the first one did.
  private func clean(_ origin: Scene.Picture) throws {
    var said = ""
    for _ in 0..<3 where !scene.snapshot().differences(from: origin).isEmpty {
      said += try harden(["rollback", "--yes"]).output
    }
    let left = scene.snapshot().differences(from: origin)
    guard left.isEmpty else {
      throw Failure("\(last): the scene could not be put back: \(left.prefix(5))\n\(said)")
    }
  }

  // MARK: Pieces

  private var plan: String { "\(scene.state).plan" }

  private func start() throws {
    try? FileManager.default.removeItem(atPath: scene.state)
    if !FileManager.default.fileExists(atPath: plan) {
      try expect(harden(["plan", scene.playbook, "--out", plan]), [0])
    }
  }

  private func apply() throws { try expect(harden(["apply", plan, "--yes"]), [0]) }

  private func harden(_ words: [String]) throws -> Launch {
    try Launch(harden, words + ["--root", scene.root, "--state", scene.state], captures: true)
  }

  private func expect(_ launch: Launch, _ codes: [Int32]) throws {
    guard codes.contains(launch.status) else {
      throw Failure("harden ended with \(launch.status): \(launch.output)")
    }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}
