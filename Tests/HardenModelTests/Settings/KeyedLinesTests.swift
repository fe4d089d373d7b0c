import Foundation
import HardenModel
import HardenTestSupport
import Testing

@Suite struct KeyedLinesTests {
  private func edited(
    _ text: String, _ syntax: KeyedLines.Syntax, _ unit: String, _ value: String?
  ) -> String {
    var file = KeyedLines(Array(text.utf8), syntax)
    file.set(unit, to: value)
    return String(decoding: file.content, as: UTF8.self)
  }

  @Test(arguments: [
    // The line that counts changes; blanks, quotes of others, comments and line ends stay.
    ("a = 1 # why\nb=2\n", KeyedLines.Syntax.keyvalue, "a", "5", "a = 5 # why\nb=2\n"),
    ("a=1\na=2\n", .keyvalue, "a", "3", "a=1\na=3\n"),
    ("a=1\r\nb=2\r\n", .keyvalue, "b", "3", "a=1\r\nb=3\r\n"),
    ("a=1", .keyvalue, "b", "2", "a=1\nb=2"),
    ("a=1\n", .keyvalue, "b", "2", "a=1\nb=2\n"),
    ("a = 1\n#x=1\nc = 1\n", .keyvalue, "b", "2", "a = 1\n#x=1\nc = 1\nb = 2\n"),
    ("even_deny_root # yes\n", .keyvalue, "even_deny_root", "1", "even_deny_root = 1 # yes\n"),
    ("x = \n", .keyvalue, "x", "1", "x =1 \n"),
    ("export A='1 # 2'\n", .keyvalue, "A", "3", "export A=3\n"),
    ("", .keyvalue, "flag", "", KeyedLines.header + "\nflag\n"),
    ("UMASK\t\t022\n", .loginDefs, "UMASK", "027", "UMASK\t\t027\n"),
    ("# UMASK 022\n", .loginDefs, "UMASK", "027", "# UMASK 022\nUMASK\t027\n"),
    (
      "[A]\nx=1\n\n# about B\n[B]\ny=1\n", .ini, "A/z", "2",
      "[A]\nx=1\nz=2\n\n# about B\n[B]\ny=1\n"
    ),
    ("[A]\nx=1\n[B]\nx=1\n", .ini, "B/x", "2", "[A]\nx=1\n[B]\nx=2\n"),
    ("[A]\nx=1\n", .ini, "C/x", "2", "[A]\nx=1\n[C]\nx=2\n"),
    ("[A]\n#x=1\n", .ini, "A/x", "2", "[A]\nx=2\n#x=1\n"),
    ("[A]\nx=1\\\n  2\ny=1\n", .ini, "A/x", "3", "[A]\nx=3\ny=1\n"),
    ("top=1\n[A]\nx=1\n", .ini, "top", "2", "top=2\n[A]\nx=1\n"),
    ("[A/B]\nx=1\n", .ini, "A/B/x", "2", "[A/B]\nx=2\n"),
    ("PermitRootLogin yes # old\n", .sshd, "permitrootlogin", "no", "PermitRootLogin no # old\n"),
    (
      "X11Forwarding=yes\nX11Forwarding no\n", .sshd, "X11Forwarding", "no",
      "X11Forwarding=no\nX11Forwarding no\n"
    ),
    (
      "UsePAM yes\n\n# git\nMatch User git\n  X11Forwarding yes\n", .sshd, "X11Forwarding", "no",
      "UsePAM yes\nX11Forwarding no\n\n# git\nMatch User git\n  X11Forwarding yes\n"
    ),
    ("Match all\nA b\n", .sshd, "A", "c", "A c\nMatch all\nA b\n"),
  ])
  func `one value changes`(
    text: String, syntax: KeyedLines.Syntax, unit: String, value: String, result: String
  ) {
    #expect(edited(text, syntax, unit, value) == result)
  }

  @Test func `what was added goes again without a trace`() {
    for text in ["[A]\nx=1\n\n[B]\ny=1", "[A]\nx=1\n", "# only this\n[A]"] {
      let added = edited(text, .ini, "A/new", "2")
      #expect(added != text)
      #expect(edited(added, .ini, "A/new", nil) == text)
    }
  }

  @Test func `a file that was made knows when nothing is left of it`() {
    var file = KeyedLines([], .ini)
    file.set("Journal/Storage", to: "persistent")
    #expect(
      String(decoding: file.content, as: UTF8.self)
        == "\(KeyedLines.header)\n[Journal]\nStorage=persistent\n")
    #expect(!file.isBare)
    file.set("Journal/Storage", to: nil)
    #expect(file.isBare)
    #expect(!KeyedLines(Array("# mine\n".utf8), .ini).isBare)
  }

  @Test func `entries know their line and section`() {
    let file = KeyedLines(Array("[A]\n\nx=1\\\n2\ny = 2\n".utf8), .ini)
    #expect(file.entries.map(\.number) == [3, 5])
    #expect(file.entries.map(\.section) == ["A", "A"])
    #expect(file.entry(of: "A/y")?.text == "2")
    #expect(file.entry(of: "y") == nil)
  }

  // MARK: Five hundred edits of each syntax

  private static let names = ["alpha", "Beta", "gamma_1", "delta-x", "Eps.ilon"]

  /// A file of the syntax: comments, blanks, sections and keys in any order.
  private func file(_ syntax: KeyedLines.Syntax, _ random: inout SeededRandom) -> String {
    var lines: [String] = []
    let pick = { (words: [String], random: inout SeededRandom) in
      words.randomElement(using: &random) ?? ""
    }
    var sections = ["one", "two", "three"].shuffled(using: &random)
    if syntax == .ini { lines.append("[\(sections.removeLast())]") }
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: lines.append("")
      case 1: lines.append(pick(["# alpha = 1", "#Beta=2", "# a note", "## x"], &random))
      case 2 where syntax == .ini && !sections.isEmpty: lines.append("[\(sections.removeLast())]")
      default:
        let between =
          syntax == .loginDefs
          ? pick([" ", "\t", "  \t"], &random) : pick(["=", " = ", "= ", " ="], &random)
        let value = pick(["1", "off", "two words", "/a/b", "\"quoted\"", "a=b", "x:y"], &random)
        let blank = pick(["", "", " "], &random)
        let comment = syntax == .keyvalue ? pick(["", "", " # why"], &random) : ""
        lines.append(pick(Self.names, &random) + between + value + comment + blank)
      }
    }
    let end = pick(["\n", "\n", ""], &random)
    return lines.joined(separator: "\n") + (lines.isEmpty ? "" : end)
  }

  /// The lines that only `old` or only `new` has, at the one place where they differ.
  private func difference(_ old: String, _ new: String) -> (old: [String], new: [String]) {
    var (left, right) = (
      old.components(separatedBy: "\n")[...], new.components(separatedBy: "\n")[...]
    )
    while let one = left.first, let other = right.first, one == other {
      left.removeFirst()
      right.removeFirst()
    }
    while let one = left.last, let other = right.last, one == other {
      left.removeLast()
      right.removeLast()
    }
    return (Array(left), Array(right))
  }

  @Test(arguments: [KeyedLines.Syntax.keyvalue, .ini, .loginDefs])
  func `five hundred edits change one value, and other readers agree`(syntax: KeyedLines.Syntax)
    throws
  {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let root = try TemporaryRoot(withAccounts: false)
    for index in 0..<500 {
      let old = file(syntax, &random)
      let key = Self.names.randomElement(using: &random) ?? ""
      let section =
        syntax == .ini ? ["one", "two", "three", "new"].randomElement(using: &random) : nil
      let unit = section.map { "\($0)/\(key)" } ?? key
      let before = KeyedLines(Array(old.utf8), syntax).text(of: unit)
      let new = edited(old, syntax, unit, "value\(index)")
      let (gone, come) = difference(old, new)
      if let before, !old.isEmpty {
        try #require(gone.count == 1 && come.count == 1, "seed \(seed): \(old)")
        // The value is the last thing on its line that reads so.
        let range = try #require(gone[0].range(of: before, options: .backwards), "seed \(seed)")
        #expect(
          gone[0].replacingCharacters(in: range, with: "value\(index)") == come[0],
          "seed \(seed): \(gone) \(come)")
      } else if !old.isEmpty {
        #expect(gone.joined().isEmpty, "seed \(seed): \(old)\n\(new)")
        #expect(come.filter { !$0.isEmpty }.count <= 2, "seed \(seed): \(old)\n\(new)")
        #expect(come.contains { $0.contains("value\(index)") }, "seed \(seed)")
      }
      root.write("/\(index).old", old)
      root.write("/\(index).new", new)
      root.write("/\(index).unit", "\(section ?? "")\n\(key)")
    }
    root.write("/read.py", Self.reader)
    let complaints = try Shell.run("cd \(root.path) && python3 read.py \(syntax)")
    #expect(complaints == "500\n", "seed \(seed): \(complaints)")
  }

  /// Everything but the wanted value reads as before, in the words of configparser; login.defs is
  /// read as login(1) does.
  private static let reader = #"""
    import configparser, sys, re
    def read(name, syntax):
        text = open(name).read()
        if syntax == 'loginDefs':
            found = {}
            for line in text.split('\n'):
                line = line.strip()
                if not line or line[0] == '#': continue
                parts = re.split(r'[ \t]+', line, maxsplit=1)
                found[('', parts[0])] = parts[1] if len(parts) > 1 else ''
            return found
        inline = ('#',) if syntax == 'keyvalue' else None
        parser = configparser.RawConfigParser(strict=False, delimiters=('=',), inline_comment_prefixes=inline,
                                              comment_prefixes=('#', ';'), default_section='DEFAULT')
        parser.optionxform = str
        parser.read_string(('[_]\n' if syntax == 'keyvalue' else '') + text)
        return {(s, k): v for s in parser.sections() for k, v in parser.items(s)}
    syntax = sys.argv[1]
    for n in range(500):
        section, key = open(f'{n}.unit').read().split('\n')
        old, new = read(f'{n}.old', syntax), read(f'{n}.new', syntax)
        section = section or ('_' if syntax == 'keyvalue' else '')
        old[(section, key)] = f'value{n}'
        if old != new: print(n, set(old.items()) ^ set(new.items()))
    print(n + 1)
    """#

  static let hasServer = FileManager.default.isExecutableFile(atPath: "/usr/sbin/sshd")

  @Test(.enabled(if: hasServer, "openssh-server"))
  func `sshd reads five hundred edits as they were meant`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let root = try TemporaryRoot(withAccounts: false)
    try Shell.run("ssh-keygen -q -t ed25519 -N '' -f \(root.path)/key")
    let words: [(key: String, values: [String])] = [
      ("PermitRootLogin", ["yes", "no", "forced-commands-only"]), ("X11Forwarding", ["yes", "no"]),
      ("MaxAuthTries", ["3", "4", "5"]), ("LogLevel", ["INFO", "VERBOSE"]),
      ("Banner", ["/etc/issue", "\"/etc/issue.net\"", "none"]),
      ("ClientAliveInterval", ["300", "5m"]), ("MaxSessions", ["2", "10"]),
    ]
    func spelled(_ key: String) -> String {
      [key, key.lowercased(), key.uppercased()].randomElement(using: &random) ?? key
    }
    for index in 0..<500 {
      var lines: [String] = []
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        guard let (key, values) = words.randomElement(using: &random),
          let value = values.randomElement(using: &random)
        else { continue }
        let between = [" ", "\t", " = ", "="].randomElement(using: &random) ?? " "
        let comment = Bool.random(using: &random) ? " # why" : ""
        switch Int.random(in: 0..<6, using: &random) {
        case 0: lines.append("#\(key) \(value)")
        case 1: lines.append("")
        case 2 where index % 3 == 0: lines += ["Match User git", "  X11Forwarding yes"]
        default:
          let isInside = lines.contains { $0.hasPrefix("Match") }
          lines.append(isInside ? "  X11Forwarding no" : spelled(key) + between + value + comment)
        }
      }
      let old = lines.joined(separator: "\n") + (Bool.random(using: &random) ? "\n" : "")
      let (key, values) = try #require(words.randomElement(using: &random))
      let value = try #require(values.randomElement(using: &random))
      let new = edited(old, .sshd, spelled(key), value)
      // Byte by byte: the same lines before and behind, and on the line itself the same before and
      // behind the value; where there was no such line, one has come.
      let (gone, come) = difference(old, new)
      let before = KeyedLines(Array(old.utf8), .sshd).text(of: key)
      if let before, before != value {
        try #require(gone.count == 1 && come.count == 1, "seed \(seed): \(old)")
        let range = try #require(gone[0].range(of: before, options: .backwards), "seed \(seed)")
        #expect(
          Array(gone[0].replacingCharacters(in: range, with: value).utf8) == Array(come[0].utf8),
          "seed \(seed): \(gone) \(come)")
      } else if before == nil, !old.isEmpty {
        let isAlone = gone.isEmpty && come.count == 1
        #expect(isAlone, "seed \(seed): \(old)\n\(new)")
        #expect(come.first?.lowercased() == "\(key) \(value)".lowercased(), "seed \(seed)")
      } else if before != nil {
        #expect(Array(old.utf8) == Array(new.utf8), "seed \(seed): \(old)")
      }
      root.write("/\(index).old", old)
      root.write("/\(index).new", new)
      root.write("/\(index).unit", "\(key)\n\(value)")
    }
    root.write(
      "/read.py",
      #"""
      import subprocess
      def read(name):
          done = subprocess.run(['/usr/sbin/sshd', '-T', '-h', 'key', '-f', name], capture_output=True, text=True)
          if done.returncode: print(name, done.stderr)
          return dict(line.split(' ', 1) for line in done.stdout.splitlines() if ' ' in line)
      same = {'5m': '300'}
      for n in range(500):
          key, value = open(f'{n}.unit').read().split('\n')
          old, new = read(f'{n}.old'), read(f'{n}.new')
          value = same.get(value, value).strip('"')
          if new[key.lower()].lower() != value.lower(): print(n, key, value, new[key.lower()])
          old[key.lower()] = new[key.lower()]
          if old != new: print(n, set(old.items()) ^ set(new.items()))
      print(n + 1)
      """#)
    let complaints = try Shell.run("mkdir -p /run/sshd; cd \(root.path) && python3 read.py")
    #expect(complaints == "500\n", "seed \(seed): \(complaints)")
  }
}
