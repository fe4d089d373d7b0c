import HardenTestSupport
import FoundationEssentials
import Glibc

/// Measures the program that is named first on the command line, and fails above a limit.
///
/// Every figure is the median of twenty runs. With `inside` as the second word it is the half that
/// runs in private namespaces, where it may set kernel parameters.
@main struct Bench {
  static let runs = 20

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2 else {
      print("usage: harden-bench PROGRAM")
      exit(64)
    }
    let program = arguments[1]
    if arguments.count == 3, arguments[2] == "inside" {
      try applyInside(program)
    } else if !(try all(program)) {
      exit(1)
    }
  }

  private static func all(_ program: String) throws -> Bool {
    let work = try WorkDirectory()
    defer { work.remove() }
    var table = Table()

    table.add("harden --version", try median(program, ["--version"]), limit: 10)
    var peak = 0
    for (count, limit) in [(200, 25.0), (1000, 80.0)] {
      let playbook = try work.playbook(resources: count)
      let arguments = ["plan", playbook, "--state", work.path("state")]
      table.add("plan of \(count) resources", try median(program, arguments), limit: limit)
      peak = max(peak, try Launch(program, arguments).peakKilobytes)
    }
    let baseline =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/") + "/Playbooks/server-baseline.yaml"
    let level = ["plan", baseline, "--profile", "level-2", "--state", work.path("state")]
    table.add("plan of server-baseline", try median(program, level), limit: 60)
    let own = CommandLine.arguments[0]
    let inside = try Launch(
      "/usr/bin/unshare", ["-n", "-m", own, program, "inside"], captures: true)
    let figures = inside.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard inside.status == 0, figures.count == 2 else {
      print("apply in namespaces failed:\n\(inside.output)")
      return false
    }
    table.add("apply of 200 sysctls", figures[0], limit: 100)
    peak = max(peak, Int(figures[1]))
    table.add("peak memory", Double(peak) / 1024, limit: 30, unit: "MB")
    let size = try FileManager.default.attributesOfItem(atPath: program)[.size] as? Int ?? 0
    table.add("size of the program", Double(size) / 1_000_000, limit: 24, unit: "MB")
    return table.finish()
  }

  /// Applies and rolls back in turn, and prints the median of the applies and the peak memory.
  private static func applyInside(_ program: String) throws {
    let work = try WorkDirectory()
    defer { work.remove() }
    let playbook = try work.sysctlPlaybook(count: 200)
    // What is durable goes to a private tree of its own, as on a host of the same kind.
    for directory in ["/etc", "/var/lib"] { try work.cover(directory) }
    var times: [Double] = []
    var peak = 0
    for run in 0..<runs {
      // A history of its own for each, so that the last is as short as the first.
      let state = ["--yes", "--state", work.path("state-\(run)")]
      let apply = try Launch(program, ["apply", playbook] + state, captures: true)
      let undo = try Launch(program, ["rollback"] + state, captures: true)
      guard apply.status == 0, undo.status == 0 else {
        print(apply.output + undo.output)
        exit(1)
      }
      times.append(apply.milliseconds)
      peak = max(peak, apply.peakKilobytes)
    }
    print("\(times.sorted()[runs / 2]) \(peak)")
  }

  private static func median(_ program: String, _ arguments: [String]) throws -> Double {
    var times: [Double] = []
    for _ in 0..<runs {
      let launch = try Launch(program, arguments)
      guard launch.status == 0 else {
        print("\(arguments.joined(separator: " ")) ended with \(launch.status)")
        exit(1)
      }
      times.append(launch.milliseconds)
    }
    return times.sorted()[runs / 2]
  }
}
