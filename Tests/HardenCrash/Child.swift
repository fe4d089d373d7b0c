import Glibc
import HardenEngine
import HardenModel
import HardenResources
import HardenSystem
import SystemPackage

/// One apply, rollback or recovery by the engine itself, with its system calls tampered with: the
/// only thing replaced is ``Calls/intercept``.
enum Child {
  /// What happens at the n-th point, where each call has a point before it and one after it.
  enum Fault: String {
    /// Nothing; the number of points is printed.
    case count
    /// The process ends at once, as by SIGKILL or a power cut without loss of what was written.
    case kill
    /// The call fails with EIO and is not made.
    case io
    /// The call fails with ENOSPC and is not made.
    case full
    /// The call fails with EMFILE and is not made.
    case descriptors
  }

  /// Points that were passed; one process, one thread, one count.
  private nonisolated(unsafe) static var passed = 0

  private static func calls(_ fault: Fault, at point: Int) -> Calls {
    Calls { call in
      if fault != .kill, call.isAfter { return nil }
      passed += 1
      guard passed == point else { return nil }
      switch fault {
      case .count: return nil
      case .kill:
        kill(getpid(), SIGKILL)
        return nil
      case .io: return .ioError
      case .full: return .noSpace
      case .descriptors: return .tooManyOpenFiles
      }
    }
  }

  /// Does `verb` and gives the exit code that the command line would give.
  static func run(
    _ verb: String, plan: String, scene: Scene, harden: String, fault: Fault, at point: Int
  ) -> Int32 {
    let tool = "0.1.0"
    let clock: @Sendable () -> Int64 = { Int64(time(nil)) }
    let actor = Actor(login: nil, session: nil, user: 0, command: ["harden-crash"])
    do throws(Failure) {
      let calls = calls(fault, at: point)
      let store = RunStore(try state(scene, calls))
      let host = try opened(scene)
      let planner = Planner(catalog: catalog, tool: tool, now: clock())
      let applier = Applier(planner: planner, tool: tool, clock: clock)
      let report: Report?
      switch verb {
      case "recover":
        report = try Recovery(tool: tool, clock: clock).recover(
          on: host, store: store, actor: actor)
      case "rollback":
        let history = try History(store)
        let plan = try RollbackPlanner(tool: tool, now: clock()).plan(
          undoing: Array(history.inEffect.prefix(1)), on: host, store: store, history: history)
        report = try applier.apply(plan, on: host, store: store, options: .init(actor: actor))
      case "confirm":
        report = try applier.confirm(on: host, store: store, actor: actor, sameSession: true)
      default:
        var options = Applier.Options(actor: actor)
        if verb == "window" { options.window = TimeSpan(seconds: 3600) }
        options.program = harden
        report = try applier.apply(
          try PlanFile.decode(bytes(plan)), on: host, store: store, options: options)
      }
      if fault == .count { print(passed) }
      explain(report)
      return report?.exit().rawValue ?? 0
    } catch {
      if fault == .count { print("\(error)") }
      return error.exitCode.rawValue
    }
  }

  /// Prints what became of the steps of a run that ended badly.
  private static func explain(_ report: Report?) {
    guard let report, report.exit() != .success else { return }
    print("\(report.ending): \(report.failure ?? "no failure")")
    for entry in report.entries {
      switch entry.outcome {
      case .done, .already, .restored, .notBegun: continue
      default: print("  \(entry.target): \(entry.outcome)")
      }
    }
  }

  private static func state(_ scene: Scene, _ calls: Calls) throws(Failure) -> StateDirectory {
    do throws(SystemError) { return try StateDirectory.create(scene.state, calls: calls) } catch {
      throw .journal(error)
    }
  }

  private static func opened(_ scene: Scene) throws(Failure) -> Host {
    do throws(SystemError) { return try Host(root: scene.root) } catch { throw .system(error) }
  }

  private static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }
}
