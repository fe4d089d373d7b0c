import Foundation
import HardenSystem
import HardenTestSupport
import Testing

private typealias Host = HardenSystem.Host

@Suite struct AugenRulesTests {
  private static let folder = "/etc/audit/rules.d"

  /// What augenrules writes for the folder of `root`.
  private static func augenrules(_ root: TemporaryRoot) throws -> String {
    try Shell.run(
      "unshare -m sh -c 'mount --bind \(root.path)/etc/audit /etc/audit && augenrules >/dev/null && cat /etc/audit/audit.rules'"
    )
  }

  private static var isAvailable: Bool {
    Namespace.isAvailable && FileManager.default.isExecutableFile(atPath: "/usr/sbin/augenrules")
      && FileManager.default.fileExists(atPath: "/etc/audit")
  }

  /// A root whose awk is this machine's.
  private static func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.makeDirectory(folder)
    let awk = try Shell.run("basename $(readlink -f /usr/bin/awk)").split(separator: "\n")[0]
    root.write("/usr/bin/\(awk)", "", mode: 0o755)
    root.link("/usr/bin/awk", to: "\(awk)")
    return root
  }

  @Test(.enabled(if: isAvailable)) func `random folders are joined as augenrules joins them`()
    throws
  {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let lines = [
      "-w /etc/passwd -p wa -k id", "# comment", "  # indented", "", "   ", "-D", "-D ", "-D -k x",
      "-b 8192", "-b 320", "  -b 64", "-f 1", "-f 2", "-e 2", "-e 1", " -e 0", "-r 100", "-i",
      "--backlog_wait_time 60000", "s# odd", "s-e 1", "ss-D", "-a never,task", "\t-e 2", "-Dx",
      "-a always,exit -F arch=b64 -S open -k o # trailing",
    ]
    for _ in 0..<30 {
      let root = try Self.root()
      let names = [
        "10-a", "9-b", "50-x", "50-x~", "audit", "A", "_x", "100-c", "zz-harden", "010-z",
      ]
      for name in names.shuffled(using: &random).prefix(Int.random(in: 0..<6, using: &random)) {
        let count = Int.random(in: 0..<8, using: &random)
        let text = (0..<count).map { _ in lines.randomElement(using: &random) ?? "" }
          .joined(separator: "\n")
        let end = Int.random(in: 0..<4, using: &random) == 0 ? "" : "\n"
        root.write("\(Self.folder)/\(name).rules", text + end)
      }
      root.write("\(Self.folder)/README", "-e 2\n")
      root.write("\(Self.folder)/.hidden.rules", "-e 2\n")
      let compiled = try AugenRules.of(Host(root: root.path))
      let theirs = try Self.augenrules(root)
      #expect(String(decoding: compiled.content, as: UTF8.self) == theirs, "seed \(seed)")
    }
  }

  @Test func `a file without a final newline is told with its line`() throws {
    let root = try Self.root()
    root.write("\(Self.folder)/10-a.rules", "-w /a\n-w /b")
    root.write("\(Self.folder)/20-b.rules", "-b 64\n-w /c")
    let compiled = try AugenRules.of(Host(root: root.path))
    #expect(compiled.lines.map(\.text) == ["-w /a", "-w /b-b 64", "-w /c"])
    #expect(compiled.lines[1].place.description == "\(Self.folder)/10-a.rules:2")
    #expect(compiled.lines[1].glued?.description == "\(Self.folder)/20-b.rules:1")
    #expect(compiled.unterminated?.description == "\(Self.folder)/20-b.rules:2")
  }
}
