import Foundation
import HardenTestSupport
import Testing

/// Each shipped playbook on five prepared hosts, `Fixtures/hosts/<host>`: its plan is as recorded, it
/// converges in one apply, its report then leaves nothing open, and its rollback leaves nothing behind.
struct PlaybooksTests {
  static let hosts = ["debian-12", "debian-13", "rhel-9", "ubuntu-22.04", "ubuntu-24.04"]
  static let playbooks = [
    "container-host", "go-build-host", "go-runtime-fips", "go-toolchain", "server-baseline",
  ]

  private static func path(_ playbook: String) -> String {
    Snapshot.repository.appending(path: "Playbooks/\(playbook).yaml").path()
  }

  @Test func `every file of the library belongs to a playbook`() throws {
    let folder = Snapshot.repository.appending(path: "Playbooks")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    var texts: [String: String] = [:]
    for file in files {
      texts[file] = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }
    let named = files.filter { texts[$0]?.contains("\nname: ") == true }
    #expect(named == Self.playbooks.map { "\($0).yaml" })
    for part in files where !named.contains(part) {
      #expect(
        texts.contains { $0.key != part && $0.value.contains("from: \(part)") },
        "\(part) is included by nobody")
    }
  }

  @Test(arguments: playbooks) func `checked without mistakes or remarks`(playbook: String) throws {
    let check = try Launch(Program.path, ["check", Self.path(playbook)], captures: true)
    #expect(check.status == 0 && check.output.hasSuffix("no mistakes\n"), "\(check.output)")
  }

  @Test(arguments: playbooks, hosts)
  func `planned, applied, applied again and rolled back`(playbook: String, host: String) throws {
    let root = try TemporaryRoot(withAccounts: false)
    defer { TemporaryRoot.remove(root.path + ".state") }
    try root.fill(from: Snapshot.repository.appending(path: "Fixtures/hosts/\(host)"))
    let before = TreeSnapshot(root.path)
    func harden(_ words: [String]) throws -> Launch {
      try Launch(
        Program.path, words + ["--root", root.path, "--state", root.path + ".state"],
        captures: true)
    }

    let plan = try harden(["plan", Self.path(playbook), "--format", "json"])
    #expect(plan.status == 0, "\(plan.output.suffix(2000))")
    let document = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any]
    let content = try #require(document?["plan"] as? [String: Any])
    try Snapshot.check(Self.summary(content, of: playbook), "hosts/\(host)/\(playbook).txt")
    #expect(TreeSnapshot(root.path).differences(from: before) == [])

    let risks = Self.obstacles(content).filter { $0.kind == "interlock" }
    let accepted = risks.flatMap { ["--accept-risk", $0.subject] }
    let apply = try harden(["apply", Self.path(playbook), "--yes"] + accepted)
    #expect(apply.status == 0, "\(apply.output.suffix(2000))")
    let again = try harden(["plan", Self.path(playbook), "--detailed-exitcode"])
    #expect(again.status == 0, "\(again.output.suffix(2000))")
    let report = try harden(["report", Self.path(playbook), "--format", "json"])
    #expect(report.status == 0, "\(report.output.suffix(2000))")
    #expect(try Self.open(report.output) == [], "\(host)")
    let rollback = try harden(["rollback", "--yes"])
    #expect(rollback.status == 0, "\(rollback.output.suffix(2000))")
    #expect(TreeSnapshot(root.path).differences(from: before) == [])
  }

  /// The controls of a report about which something is left to say.
  ///
  /// They differ, or wait, do not apply or were not measured and do not tell why. A tree cannot know
  /// what only a kernel tells, and its programs are none.
  private static func open(_ report: String) throws -> [String] {
    let document = try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
    let assessment = try #require(document?["assessment"] as? [String: Any])
    let controls = try #require(assessment["controls"] as? [[String: Any]])
      .compactMap { $0["control"] as? [String: Any] }
    #expect(controls.contains { $0["verdict"] as? String == "holds" })
    return controls.compactMap { control in
      let reason = control["reason"] as? String
      switch control["verdict"] as? String {
      case "holds", "waived", "manual": return nil
      case "not applicable", "pending": if reason?.isEmpty == false { return nil }
      case "unmeasured":
        let known = ["running host", "not an ELF program"]
        if known.contains(where: { reason?.contains($0) == true }) { return nil }
      default: break
      }
      return "\(control["id"] ?? "?"): \(control["verdict"] ?? "?") (\(reason ?? ""))"
    }
  }

  /// What stands in the way of a plan, with what has to be named to go on.
  private static func obstacles(_ plan: [String: Any]) -> [(kind: String, subject: String)] {
    (plan["obstacles"] as? [[String: Any]] ?? []).map {
      ($0["kind"] as? String ?? "", $0["subject"] as? String ?? "")
    }
  }

  /// Each control with its verdict, and below it what would change, with what each plane gets.
  ///
  /// What server-baseline says is recorded once: other playbooks leave out the controls of its parts.
  private static func summary(_ plan: [String: Any], of playbook: String) throws -> String {
    let changes = Dictionary(
      grouping: plan["changes"] as? [[String: Any]] ?? [], by: { $0["control"] as? String ?? "" })
    var lines: [String] = []
    for control in plan["controls"] as? [[String: Any]] ?? [] {
      let id = try #require(control["id"] as? String)
      let verdict = try #require(control["verdict"] as? String)
      let place = (control["at"] as? [String: Any])?["file"] as? String ?? ""
      if playbook != "server-baseline", place.contains("/server-") { continue }
      let reason = verdict == "manual" ? nil : control["reason"] as? String
      lines.append("\(id): \(verdict)" + (reason.map { " (\($0))" } ?? ""))
      for change in changes[id] ?? [] {
        let planes = change["planes"] as? [[String: Any]] ?? []
        let wanted = planes.filter { $0["holds"] as? Bool == false }.map {
          "\($0["plane"] ?? "?") \($0["wanted"] ?? "nothing")"
        }
        lines.append(
          "  \(change["action"] ?? "?") \(change["address"] ?? "?"): "
            + wanted.joined(separator: " | "))
      }
    }
    lines += obstacles(plan).map { "in the way, \($0.kind): \($0.subject)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
