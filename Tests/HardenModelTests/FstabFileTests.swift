import Foundation
import HardenModel
import HardenTestSupport
import Testing

@Suite struct FstabFileTests {
  private func edit(_ target: String, _ option: String?, _ before: String?, _ after: String?)
    -> UnitEdit
  {
    UnitEdit(
      Address(kind: "mount", name: target),
      unit: option.map { FstabFile.unit($0, of: target) } ?? FstabFile.escaped(target),
      before: before, after: after)
  }

  private func applying(_ edits: UnitEdit..., to text: String) -> String {
    var file = FstabFile(Array(text.utf8))
    for edit in edits { file.apply(edit) }
    return String(decoding: file.content, as: UTF8.self)
  }

  @Test(arguments: [
    ("tmpfs\t/tmp  tmpfs\tdefaults 0 0\n", "tmpfs\t/tmp  tmpfs\tdefaults,noexec 0 0\n"),
    ("tmpfs /tmp tmpfs\n", "tmpfs /tmp tmpfs noexec\n"),
    ("tmpfs /tmp tmpfs # why\n", "tmpfs /tmp tmpfs noexec # why\n"),
    ("tmpfs /tmp tmpfs rw 0 0 # why", "tmpfs /tmp tmpfs rw,noexec 0 0 # why"),
    ("  tmpfs /tmp/ tmpfs rw  \n\n# end", "  tmpfs /tmp/ tmpfs rw,noexec  \n\n# end"),
    (
      "# tmpfs /tmp tmpfs rw 0 0\nx /a y z\ntmpfs /tmp tmpfs rw 0 2\n",
      "# tmpfs /tmp tmpfs rw 0 0\nx /a y z\ntmpfs /tmp tmpfs rw,noexec 0 2\n"
    ),
    (
      "UUID=1 none swap sw 0 0\ntmpfs /tmp tmpfs rw\r\n",
      "UUID=1 none swap sw 0 0\ntmpfs /tmp tmpfs rw,noexec\r\n"
    ),
  ])
  func `one option of one line changes and no other byte`(before: String, after: String) {
    #expect(applying(edit("/tmp", "noexec", nil, "noexec"), to: before) == after)
  }

  @Test func `an option is replaced where it stands, and taken away`() {
    let text = "tmpfs /tmp tmpfs rw,exec,size=1G 0 0\n"
    #expect(
      applying(edit("/tmp", "noexec", "exec", "noexec"), to: text)
        == "tmpfs /tmp tmpfs rw,noexec,size=1G 0 0\n")
    #expect(
      applying(edit("/tmp", "exec", "exec", nil), to: text) == "tmpfs /tmp tmpfs rw,size=1G 0 0\n")
    #expect(
      applying(edit("/tmp", "noexec", "noexec", nil), to: "t /tmp t noexec 0 0\n")
        == "t /tmp t defaults 0 0\n")
  }

  @Test func `a line of ours comes at the end and goes by its text`() {
    let line = "/srv /srv none bind,nofail 0 0"
    let with = applying(edit("/srv", nil, nil, line), to: "a /b c d\n")
    #expect(with == "a /b c d\n\(line)\n")
    #expect(applying(edit("/srv", nil, line, nil), to: with) == "a /b c d\n")
  }

  /// Whoever mounts the lines in their order would hide what lies below.
  @Test func `a line of ours comes before the mounts below it, and goes without a trace`() throws {
    let line = "/srv /srv none bind,nofail 0 0"
    let text = "a / c d\na /srvs c d\na /srv/x tmpfs nofail 0 0\na /srv/y tmpfs nofail\n# end"
    let with = applying(edit("/srv", nil, nil, line), to: text)
    #expect(
      with
        == "a / c d\na /srvs c d\n\(line)\na /srv/x tmpfs nofail 0 0\na /srv/y tmpfs nofail\n# end")
    #expect(applying(edit("/srv", nil, line, nil), to: with) == text)
    let root = try TemporaryRoot(withAccounts: false)
    root.write("/with", with)
    root.write("/after", "\(text)\n\(line)\n")
    let says = { (name: String) in
      try Shell.run("findmnt --verify --verbose --tab-file \(root.outside(name)) 2>&1 || true")
    }
    let (right, wrong) = (try says("/with"), try says("/after"))
    #expect(!right.contains("wrong order: /srv/"), "\(right)")
    #expect(wrong.contains("wrong order: /srv/"), "\(wrong)")
  }

  @Test func `paths with blanks are found by what they mean`() {
    let text = "a /mnt/my\\040disk ext4 rw 0 2\n"
    #expect(FstabFile(Array(text.utf8)).lines(for: "/mnt/my disk").map(\.number) == [1])
    #expect(
      applying(edit("/mnt/my disk", "nodev", nil, "nodev"), to: text)
        == "a /mnt/my\\040disk ext4 rw,nodev 0 2\n")
    for path in ["/a b", "/tab\there", "/back\\slash", "/#x", "/ünï cöde"] {
      #expect(FstabFile.unescaped(FstabFile.escaped(path)) == path)
    }
  }

  @Test func `how an edit stands is told from its line`() {
    let one = edit("/tmp", "noexec", nil, "noexec")
    let standing = { (text: String) in FstabFile(Array(text.utf8)).standing(of: one) }
    #expect(standing("t /tmp t rw\n") == .before && standing("t /tmp t rw,noexec\n") == .after)
    #expect(standing("") == .neither && standing("t /tmp t rw\nt /tmp t rw\n") == .neither)
    let line = edit("/srv", nil, nil, "x /srv y z")
    let whole = { (text: String) in FstabFile(Array(text.utf8)).standing(of: line) }
    #expect(whole("") == .before && whole("x /srv y z\n") == .after)
    #expect(whole("other /srv y z\n") == .neither)
  }

  // MARK: Generated files

  private static let flags = ["noexec", "nodev", "nosuid", "ro"]

  /// A table with at least one line that mounts something, and where those lines mount.
  private func table(_ random: inout SeededRandom) -> (text: String, targets: [String]) {
    func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
    var lines: [String] = []
    var targets: [String] = []
    let count = Int.random(in: 1...8, using: &random)
    let sure = Int.random(in: 0..<count, using: &random)
    for index in 0..<count {
      switch index == sure ? 1 : Int.random(in: 0..<6, using: &random) {
      case 0:
        lines.append(
          pick(["", "# comment", "   ", "\t# tmpfs /m0 tmpfs rw 0 0", "UUID=2 none swap sw 0 0"]))
      default:
        let target = pick(["/m\(index)", "/m\(index)/deep", "/m\(index)\\040x", "/m\(index)\\134y"])
        targets.append(FstabFile.unescaped(target))
        let options = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          pick(
            Self.flags + [
              "defaults", "rw", "noatime", "exec", "user", "size=10%", "x-y.z=a", "nofail", "dev",
            ])
        }.joined(separator: ",")
        let blank = pick([" ", "\t", "   ", " \t "])
        let fields =
          ["tmpfs", target, "tmpfs"]
          + (Bool.random(using: &random) ? [options, "0", "0"] : [options])
        lines.append(
          pick(["", "", " "]) + fields.joined(separator: blank) + pick(["", "", " ", " # note"]))
      }
    }
    return (lines.joined(separator: "\n") + pick(["\n", "\n", ""]), targets)
  }

  /// A change of one word of `words`, and what they have to be afterwards, counted out by hand.
  private func change(_ words: [String], _ random: inout SeededRandom)
    -> (before: String?, after: String?, words: [String])
  {
    let flag = Self.flags.randomElement(using: &random) ?? "nodev"
    let old = words.randomElement(using: &random) ?? "rw"
    let added = words.contains(flag) ? words : words + [flag]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return (nil, flag, added)
    case 1: return (old, nil, words.filter { $0 != old })
    case 2:
      // In the place of the first of them, unless it is there already.
      guard !words.contains(flag) else { return (nil, flag, words) }
      var left: [String] = []
      for word in words where word != old || !left.contains(flag) {
        left.append(word == old ? flag : word)
      }
      return (old, flag, left)
    default:
      // The word that takes a flag back, in its place or at the end.
      guard let option = MountFlag(rawValue: flag) else { return (nil, flag, added) }
      let opposite = option.opposite
      guard words.contains(flag), !words.contains(opposite) else {
        return (nil, opposite, words.contains(opposite) ? words : words + [opposite])
      }
      let place = words.firstIndex(of: flag) ?? 0
      let others = words.filter { $0 != flag }
      return (
        flag, opposite,
        words[..<place].filter { $0 != flag } + [opposite] + others.dropFirst(place)
      )
    }
  }

  @Test
  func `in two thousand tables one field changes, and findmnt finds no more wrong than before`()
    throws
  {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let root = try TemporaryRoot(withAccounts: false)
    let count = 2000
    var (longer, shorter, same) = (0, 0, 0)
    for number in 0..<count {
      let (text, targets) = table(&random)
      let target = try #require(targets.randomElement(using: &random), "seed \(seed)")
      var file = FstabFile(Array(text.utf8))
      let options = try #require(file.lines(for: target).first, "seed \(seed)").options
      let (from, to, wanted) = change(options, &random)
      file.apply(edit(target, to ?? from, from, to))
      let after = String(decoding: file.content, as: UTF8.self)
      let (old, new) = (
        text.split(separator: "\n", omittingEmptySubsequences: false),
        after.split(separator: "\n", omittingEmptySubsequences: false)
      )
      try #require(old.count == new.count, "seed \(seed)")
      let field = wanted.isEmpty ? "defaults" : wanted.joined(separator: ",")
      let changed = old.indices.filter { old[$0] != new[$0] }
      let isSame = field == options.joined(separator: ",")
      #expect(changed.count == (isSame ? 0 : 1), "seed \(seed): \(text)")
      for index in changed {
        let words = { (line: Substring) in line.split { $0 == " " || $0 == "\t" }.map(String.init) }
        var (was, now) = (words(old[index]), words(new[index]))
        #expect(FstabFile.unescaped(was[1]) == target, "seed \(seed)")
        #expect(was.remove(at: 3) == options.joined(separator: ","), "seed \(seed)")
        #expect(now.remove(at: 3) == field, "seed \(seed)")
        #expect(was == now, "seed \(seed)")
        // Blanks are bytes, too.
        #expect(
          new[index].filter { $0 == " " || $0 == "\t" }
            == old[index].filter { $0 == " " || $0 == "\t" },
          "seed \(seed)")
      }
      if isSame { same += 1 } else if wanted.count > options.count { longer += 1 }
      if wanted.count < options.count { shorter += 1 }
      root.write("/\(number).a", text)
      root.write("/\(number).b", after)
    }
    // What is asked for is there already in some; most of the others grow, and many shrink.
    #expect(longer > 500 && shorter > 300 && same < 600, "\(longer), \(shorter), \(same)")
    let verdicts = try Shell.run(
      """
      cd \(root.path)
      for n in $(seq 0 \(count - 1)); do
        for x in a b; do findmnt --verify --tab-file $n.$x 2>&1 | tail -1 | sed 's/[^0-9 ]//g' | awk '{printf "%d ", $1 + $2}'; done
        echo
      done
      """
    ).split(separator: "\n")
    #expect(verdicts.count == count)
    for (index, verdict) in verdicts.enumerated() {
      let numbers = verdict.split(separator: " ").compactMap { Int($0) }
      #expect(
        numbers.count == 2 && numbers[1] <= numbers[0], "file \(index), seed \(seed): \(verdict)")
    }
  }
}
