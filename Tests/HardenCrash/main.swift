@preconcurrency import Foundation
import HardenTestSupport

// harden-crash HARDEN            every sweep; prints a table, fails when anything was lost
// harden-crash HARDEN VERB FAULT one sweep of them
// harden-crash HARDEN live …     the part that needs `unshare -n -m`, which the first one starts
// harden-crash child …           one verb with a fault, see Child

let words = CommandLine.arguments
if words.dropFirst().first == "child" {
  let scene = Scene(root: words[3], state: words[4], playbook: "", compared: [])
  exit(
    Child.run(
      words[2], plan: words[5], scene: scene, harden: words[8],
      fault: Child.Fault(rawValue: words[6]) ?? .count,
      at: Int(words[7]) ?? 0))
}

do {
  exit(try sweepAll())
} catch {
  say("harden-crash: \(error)")
  exit(1)
}

/// Runs every sweep and prints a line for each; the exit code says whether anything was lost.
func sweepAll() throws -> Int32 {
  let isLive = words.dropFirst(2).first == "live"
  let only = Array(words.dropFirst(isLive ? 3 : 2))
  let work = "/var/tmp/harden-crash-\(getpid())"
  try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
  defer { TemporaryRoot.remove(work) }
  let scene = try isLive ? Scene.live(work) : Scene.rooted(work)

  var lost: [String] = []
  var total = 0
  for (verb, fault) in [
    ("apply", Child.Fault.kill), ("rollback", .kill), ("recover", .kill), ("apply", .io),
    ("apply", .full), ("apply", .descriptors), ("rollback", .io), ("window", .kill),
    ("confirm", .kill), ("window", .io), ("confirm", .io),
  ] {
    guard only.isEmpty || only == [verb, fault.rawValue] else { continue }
    let begin = ContinuousClock.now
    var sweep = Sweep(scene: scene, harden: words[1], verb: verb, fault: fault)
    let tally = try sweep.run()
    let time = (ContinuousClock.now - begin) / .seconds(1)
    say(
      "\(isLive ? "live  " : "rooted") \(verb.padding(toLength: 9, withPad: " ", startingAt: 0))"
        + "\(fault.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0))"
        + "points \(tally.points)  before \(tally.before)  after \(tally.after)  lost \(tally.lost.count)  "
        + String(format: "%.1f s", time))
    for line in tally.lost.prefix(3) { say(line) }
    lost += tally.lost
    total += tally.points
  }
  say("\(total) points, \(lost.count) lost")
  for line in lost.prefix(10) { print(line) }
  if !isLive, only.isEmpty, lost.isEmpty {
    let live = try Launch(
      "/usr/bin/unshare", ["-n", "-m", words[0], words[1], "live"], captures: true)
    say(live.output)
    return live.status
  }
  return lost.isEmpty ? 0 : 1
}

/// Prints a line at once, whoever reads.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
