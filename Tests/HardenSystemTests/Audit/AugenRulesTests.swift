import Foundation
import HardenModel
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

  /// A root whose awk and augenrules are this machine's.
  private static func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.makeDirectory(folder)
    let awk = try Shell.run("basename $(readlink -f /usr/bin/awk)").split(separator: "\n")[0]
    root.write("/usr/bin/\(awk)", "", mode: 0o755)
    root.link("/usr/bin/awk", to: "\(awk)")
    root.write("/usr/sbin/augenrules", try Shell.run("cat /usr/sbin/augenrules || :"), mode: 0o755)
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
      "-w /etc/group -k crlf\r", "-b 64\r", "\r", "-D\r",
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

  // MARK: What the next boot loads

  /// Compares the folder of `root` with augenrules, and what it loads with auditctl; how many
  /// rules are loaded, and whether loading stops.
  @discardableResult
  private static func compare(_ root: TemporaryRoot, _ recorder: AuditctlRecorder, note: String)
    throws -> (rules: Int, stops: Bool)
  {
    mirror(root)
    let host = try Host(root: root.path)
    let compiled = try AugenRules.of(host)
    let joined = try augenrules(root)
    #expect(String(decoding: compiled.content, as: UTF8.self) == joined, "\(note)")
    let theirs = try recorder.loaded(root.outside("/etc/audit/audit.rules"))
    let boot = try AuditBoot.of(host)
    var ours = AuditctlRecorder.Loaded()
    for loaded in boot.rules {
      ours.rules[UInt8(loaded.rule.list), default: []].append(loaded.rule.wire)
    }
    for (setting, value) in boot.values { ours.values[setting.rawValue] = value.value }
    let isSame = ours == theirs
    let texts = { (loaded: AuditctlRecorder.Loaded) in
      loaded.rules.sorted { $0.key < $1.key }.flatMap { list in
        list.value.map { AuditRuleData(wire: $0)?.text ?? "?" }
      }
    }
    #expect(
      isSame,
      "\(note): \(texts(ours).difference(from: texts(theirs))), ours \(ours.values), theirs \(theirs.values), stop \(boot.stop.map { "\($0.place) \($0.reason)" } ?? "-")"
    )
    return (boot.rules.count, boot.stop != nil)
  }

  /// Makes of every path that the rules of `root` name what stands there on this machine, which is
  /// what auditctl looks at.
  private static func mirror(_ root: TemporaryRoot) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: root.outside(folder))) ?? [] {
      for word in root.text("\(folder)/\(name)")?.split(whereSeparator: " =\n\t".contains) ?? []
      where word.hasPrefix("/") {
        for path in [String(word), URL(filePath: String(word)).deletingLastPathComponent().path()] {
          var isFolder: ObjCBool = false
          guard files.fileExists(atPath: path, isDirectory: &isFolder),
            !files.fileExists(atPath: root.path + path)
          else { continue }
          if isFolder.boolValue { root.makeDirectory(path) } else { root.write(path, "") }
        }
      }
    }
  }

  /// A root with this machine's accounts, whose names rules may use.
  private static func boot() throws -> TemporaryRoot {
    let root = try Self.root()
    for name in ["/etc/passwd", "/etc/group"] {
      root.write(name, try String(contentsOfFile: name, encoding: .utf8))
    }
    return root
  }

  @Test(.enabled(if: isAvailable && AuditctlRecorder.isAvailable))
  func `the rules that come with auditd are loaded as auditctl loads them`() throws {
    let recorder = try AuditctlRecorder()
    defer { recorder.remove() }
    let examples = "/usr/share/doc/auditd/examples/rules"
    let names = try FileManager.default.contentsOfDirectory(atPath: examples).sorted()
      .filter { $0.contains(".rules") }
    var texts: [(name: String, text: String)] = []
    for name in names {
      let isPacked = name.hasSuffix(".gz")
      let text = try Shell.run("\(isPacked ? "zcat" : "cat") \(examples)/\(name)")
      texts.append((isPacked ? String(name.dropLast(3)) : name, text))
    }
    var counts: [(rules: Int, stops: Bool)] = []
    for (name, text) in texts {
      // As it is, and with everything loaded that is commented out.
      let all = text.replacing(/(?m)^#+ ?-/, with: "-")
      for (form, text) in [("as it is", text), ("whole", all), ("whole, with -i", "-i\n" + all)] {
        let root = try Self.boot()
        root.write("\(Self.folder)/\(name)", text)
        counts.append(try Self.compare(root, recorder, note: "\(name) \(form)"))
      }
    }
    for form in ["", "-c\n"] {
      let root = try Self.boot()
      root.write("\(Self.folder)/00-first.rules", form)
      for (name, text) in texts { root.write("\(Self.folder)/\(name)", text) }
      counts.append(try Self.compare(root, recorder, note: "all of them, \(form)"))
    }
    print(
      "audit examples: \(texts.count) files in \(counts.count) folders, the largest loads \(counts.map(\.rules).max() ?? 0) rules, \(counts.count(where: \.stops)) stop early"
    )
    #expect(texts.count > 30 && counts.contains { $0.rules > 150 })
  }

  @Test(.enabled(if: isAvailable && AuditctlRecorder.isAvailable))
  func `what stands behind a number is loaded as auditctl loads it`() throws {
    let recorder = try AuditctlRecorder()
    defer { recorder.remove() }
    for line in [
      "-b 8192 -f 1", "-b 320 -k a", "-b 320-D -k a", "-b 320 -f 2 -k a", "-f 1 -b x",
      "-b 100 -f 2 -D", "-b 100 -D -k a", "-b 100 -a always,exit -S open", "-f 1 -w /etc -p wa",
      "-f 1 -p wa", "-r 10 -S open", "-b 4 -c", "-f 1 -i", "-b 4 --loginuid-immutable",
      "-b 6 -R x", "-e 1 -r 5 x", "-D--loginuid-immutable", "-D-D", "-Di", "-De2", "-Dx", "-Db 7",
      "-D-w /etc -p wa", "-D-k a", "-D-k a b", "-D -ka", "-Dk a b", "-DD -k a", "-Dl", "-Dkx",
    ] {
      let root = try Self.boot()
      root.write(
        "\(Self.folder)/10-a.rules",
        "-w /etc/group -p wa -k a\n\(line)\n-w /etc/passwd -p wa\n-r 77\n")
      try Self.compare(root, recorder, note: line)
    }
  }

  @Test(.enabled(if: isAvailable && AuditctlRecorder.isAvailable))
  func `5,000 generated rules in 100 folders are loaded as auditctl loads them`() throws {
    let recorder = try AuditctlRecorder()
    defer { recorder.remove() }
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    var counts: [(rules: Int, stops: Bool)] = []
    var written = 0
    for number in 0..<100 {
      let root = try Self.boot()
      var lines: [String] = []
      while lines.count < 50 { lines.append(AuditRuleTexts.line(&random)) }
      written += lines.count
      // Rules that are there already, that go again, and what is no rule.
      for _ in 0..<12 {
        let earlier = lines.randomElement(using: &random) ?? ""
        lines.insert(
          [
            earlier, earlier.replacing(/^-a/, with: "-A"), earlier.replacing(/^-[aA]/, with: "-d"),
            earlier.replacing(/^-w/, with: "-W"), "-D", "-D -k a", "-D -k identity", "-b 320",
            "-f 2", "-r 10", "-e 1", "-e 2", "-i", "# none", "--loginuid-immutable",
          ].randomElement(using: &random) ?? "", at: Int.random(in: 0...lines.count, using: &random)
        )
      }
      if number % 4 > 0 {
        root.write("\(Self.folder)/0-first.rules", number % 2 > 0 ? "-c\n" : "-i\n")
      }
      let names = ["10-a", "9-b", "100-c", "x", "010-z"]
      for (index, name) in names.enumerated() {
        let part = lines[lines.count * index / 5..<lines.count * (index + 1) / 5]
        let end = Int.random(in: 0..<8, using: &random) == 0 ? "" : "\n"
        root.write("\(Self.folder)/\(name).rules", part.joined(separator: "\n") + end)
      }
      counts.append(try Self.compare(root, recorder, note: "seed \(seed), folder \(number)"))
    }
    print(
      "audit rules at boot: seed \(seed), \(written) generated rules in \(counts.count) folders, \(counts.reduce(0) { $0 + $1.rules }) loaded, \(counts.count(where: \.stops)) folders stop early"
    )
    #expect(counts.contains { $0.rules > 20 })
  }

  @Test func `version 4 takes carriage returns off, version 3 leaves them`() throws {
    let root = try Self.root()
    root.write("\(Self.folder)/10-a.rules", "-w /a\r\n\r\n-e 2\r\n-w /b\r")
    root.write("/usr/sbin/augenrules", "{ if (length($0) < 1) { next; } }")
    #expect(
      try AugenRules.of(Host(root: root.path)).lines.map(\.text) == [
        "-w /a\r", "\r", "-w /b\r", "-e 2\r",
      ])
    root.write("/usr/sbin/augenrules", "{ sub(/\\r$/, \"\"); if (length($0) < 1) { next; } }")
    #expect(
      try AugenRules.of(Host(root: root.path)).lines.map(\.text) == ["-w /a", "-w /b", "-e 2"])
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
