import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

private typealias Host = HardenSystem.Host

@Suite struct AuditLineTests {
  private static func line(_ text: String, _ accounts: AccountNames? = nil) throws -> AuditLine {
    try AuditLine(AuditWords.split(text), accounts: accounts)
  }

  private static func refusal(_ text: String) -> String? {
    do throws(AuditSyntaxError) {
      _ = try AuditLine(AuditWords.split(text), accounts: AccountNames(passwd: "", group: ""))
      return nil
    } catch { return error.message }
  }

  // MARK: What auditctl sends

  /// The bytes that harden would send for `text`; nil where it refuses the line.
  private static func bytes(_ text: String, on host: borrowing Host) throws -> [UInt8]? {
    guard
      case .add(let rule, let atStart, let isWatch)? = try? line(text, host.accounts())
    else { return nil }
    var bytes = try rule.settled(isWatch: isWatch, on: host).wire
    if atStart { bytes[0] |= 0x10 }
    return bytes
  }

  private static func compare(_ lines: [String], note: String) throws {
    let recorder = try AuditctlRecorder()
    defer { recorder.remove() }
    let host = try Host()
    let theirs = try recorder.rules(of: lines)
    #expect(theirs.contains { $0 != nil }, "auditctl has taken none of the lines")
    for (line, sent) in zip(lines, theirs) {
      let ours = try bytes(line, on: host)
      let isSame = ours == sent
      #expect(
        isSame,
        "\(note): \(line)\n ours \(ours.map { "\($0.count) bytes" } ?? "refuses"), auditctl \(sent.map { "\($0.count) bytes" } ?? "refuses")"
      )
    }
  }

  @Test(.enabled(if: AuditctlRecorder.isAvailable))
  func `the rules that come with auditd are what auditctl sends`() throws {
    let folder = "/usr/share/doc/auditd/examples/rules"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    var lines: [String] = []
    for name in names where name.contains(".rules") {
      let path = name.hasSuffix(".gz") ? "zcat \(folder)/\(name)" : "cat \(folder)/\(name)"
      for line in try Shell.run(path).split(separator: "\n") {
        // What is commented out is a rule as well.
        let text = line.drop { $0 == "#" }
        if text.hasPrefix("-a") || text.hasPrefix("-w") || text.hasPrefix("-A") {
          lines.append(String(text))
        }
      }
    }
    #expect(lines.count > 200)
    try Self.compare(lines, note: "example")
  }

  @Test(.enabled(if: AuditctlRecorder.isAvailable))
  func `5,000 generated lines are what auditctl sends, or refused by both`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let lines = (0..<5000).map { _ in AuditRuleTexts.line(&random) }
    try Self.compare(lines, note: "seed \(seed)")
  }

  // MARK: Lines that are no rules

  @Test func `settings and commands are told apart`() throws {
    #expect(try Self.line("-b 0x2000") == .set(.backlogLimit, 8192))
    #expect(try Self.line("-e 2") == .set(.enabled, 2))
    #expect(try Self.line("-f2") == .set(.failure, 2))
    #expect(try Self.line("-r 100") == .set(.rateLimit, 100))
    #expect(try Self.line("-D") == .deleteAll(key: nil))
    #expect(try Self.line("-D -k old") == .deleteAll(key: "old"))
    #expect(try Self.line("-i") == .ignoreErrors)
    #expect(try Self.line("--backlog_wait_time 60000") == .nothing)
    #expect(try Self.line("# -e 2") == .nothing)
    #expect(Self.refusal("-e 3") == "-e does not take '3'")
    #expect(Self.refusal("-w") == "-w needs an argument")
    #expect(Self.refusal("-w /etc/passwd extra") == "'extra' belongs to no option")
    #expect(Self.refusal("-R /etc/audit/x") == "a rules file cannot read another one")
  }

  @Test func `what is wrong with a rule is said`() {
    #expect(
      Self.refusal("-a always,exit -F auid>=1000 -F uid=nobody -S all")
        == "there is no user 'nobody'")
    #expect(Self.refusal("-a always,exit -S openn") == "there is no system call 'openn'")
    #expect(Self.refusal("-a always,exit -S open -F arch=b64") == "arch comes before -S")
    #expect(Self.refusal("-S open") == "it names no list and no action")
    #expect(Self.refusal("-a always,exit -k x") == "-k needs a watch or a system call before it")
    #expect(Self.refusal("-w etc") == "'etc' does not begin with /")
    #expect(Self.refusal("-a exit,possible -S open") == "the action 'possible' is no more")
  }
}
