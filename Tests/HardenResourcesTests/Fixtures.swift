import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

/// Whole runs of the program on prepared trees: `Fixtures/<kind>/<case>` holds a playbook, a host, the
/// plan as people read it and the files that are there afterwards.
@Suite struct Fixtures {
  static let kinds = [
    "sysctl", "file", "directory", "file_capability", "mount", "selinux_context", "selinux",
    "setting", "kernel_module", "link", "environment", "service",
    "user", "group",
    "audit_rule", "audit_settings", "probe",
  ]
  static let cases: [String] = kinds.flatMap { kind in
    let folder = Snapshot.repository.appending(path: "Fixtures/\(kind)").path()
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map {
      "\(kind)/\($0)"
    }
  }

  @Test func `every kind has a case`() {
    for kind in Self.kinds { #expect(Self.cases.contains { $0.hasPrefix("\(kind)/") }) }
  }

  @Test(arguments: cases)
  func `planned, applied, applied again and rolled back`(name: String) throws {
    let folder = Snapshot.repository.appending(path: "Fixtures/\(name)")
    let root = try TemporaryRoot()
    try root.fill(from: folder)
    let before = TreeSnapshot(root.path, except: ["/var"])
    func harden(_ arguments: [String]) throws -> (status: Int32, text: String) {
      let launch = try Launch(Program.path, arguments + ["--root", root.path], captures: true)
      let folderPath = folder.path() + "/"
      // What seals a planner depends on the kernel.
      let lines = launch.output.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("planner ") }
      let text = lines.joined(separator: "\n").replacing(root.path, with: "ROOT")
        .replacing(folderPath, with: "")
      return (launch.status, text)
    }

    let playbook = folder.appending(path: "playbook.yaml").path()
    let plan = try harden(["plan", playbook])
    try Snapshot.check(plan.text, "\(name)/plan.txt")
    #expect(TreeSnapshot(root.path, except: ["/var"]) == before, "a plan changes nothing")

    let apply = try harden(["apply", playbook, "--yes"])
    let isRefused = plan.text.contains("refused")
    let isUnmet = plan.text.contains("harden cannot change")
    #expect(apply.status == (isRefused ? 3 : isUnmet ? 4 : 0), "\(apply.text)")
    try Snapshot.check(files(root), "\(name)/after.txt")
    guard !isRefused else {
      #expect(TreeSnapshot(root.path, except: ["/var"]) == before, "\(apply.text)")
      return
    }

    let again = try harden(["plan", playbook, "--detailed-exitcode"])
    // What only waits for the next boot needs no step any more.
    let waits = again.text.contains("pending")
    #expect(again.status == (isUnmet ? 4 : waits ? 6 : 0), "\(again.text)")
    let rollback = try harden(["rollback", "--yes"])
    #expect(rollback.status == 0, "\(rollback.text)")
    let left = TreeSnapshot(root.path, except: ["/var"]).differences(from: before)
    #expect(left.isEmpty, "\(left)")
  }

  /// Every path with its owner and mode, and the text of files.
  private func files(_ root: TemporaryRoot) -> String {
    let names =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    var text = ""
    for name in names.sorted() where name != "var" && !name.hasPrefix("var/") {
      var status = stat()
      guard lstat(root.outside("/\(name)"), &status) == 0 else { continue }
      let mode = String(status.st_mode & 0o7777, radix: 8)
      text += "/\(name) \(mode) \(status.st_uid):\(status.st_gid)\n"
      // The day of a new password is the day of the test.
      let today = ":\(Int(Date().timeIntervalSince1970 / 86_400)):"
      if status.st_mode & S_IFMT == S_IFREG, root.text("/\(name)")?.contains("\0") == true {
        let bytes = FileManager.default.contents(atPath: root.outside("/\(name)")) ?? Data()
        text += "  | \(bytes.count) bytes, sha256 \(Digest(of: Array(bytes)))\n"
      } else if status.st_mode & S_IFMT == S_IFREG {
        for line in (root.text("/\(name)") ?? "").replacing(today, with: ":TODAY:").split(
          separator: "\n", omittingEmptySubsequences: false)
        {
          text += "  | \(line)\n"
        }
      }
    }
    return text
  }
}
