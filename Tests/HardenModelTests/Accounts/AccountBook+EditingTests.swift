import Foundation
import HardenModel
import HardenTestSupport
import Testing

/// Our rows beside those of the account tools themselves, which write below a prefix.
@Suite struct AccountBookEditingTests {
  private static let today = Int(Date().timeIntervalSince1970 / 86_400)
  private static let start: [AccountFile: String] = [
    .passwd:
      "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1::/:/usr/sbin/nologin\nann:x:1000:1000::/home/ann:/bin/sh\n",
    .shadow: "root:*:19000:0:99999:7:::\ndaemon:*:19000::::::\nann:$y$j9T$x$y:19000:0:99999:7:::\n",
    .group: "root:x:0:\ndaemon:x:1:\nsudo:x:27:ann\nann:x:1000:\n",
    .gshadow: "root:*::\ndaemon:*::\nsudo:*::ann\nann:!::\n",
    .subuid: "ann:100000:65536\n", .subgid: "ann:100000:65536\n",
  ]
  private static let policy =
    "UID_MIN 1000\nUID_MAX 60000\nGID_MIN 1000\nGID_MAX 60000\nPASS_MAX_DAYS 90\nPASS_MIN_DAYS 0\n"
    + "PASS_WARN_AGE 7\nUSERGROUPS_ENAB yes\nSUB_UID_COUNT 65536\nSUB_GID_COUNT 65536\n"

  /// A tree for the tools and the same files for us.
  private final class Scene {
    let root: TemporaryRoot
    var book: AccountBook
    let policy = AccountPolicy(AccountBookEditingTests.policy)

    init() throws {
      root = try TemporaryRoot()
      root.write("/etc/login.defs", AccountBookEditingTests.policy)
      for (file, text) in AccountBookEditingTests.start { root.write(file.path, text, mode: 0o600) }
      book = AccountBook(AccountBookEditingTests.start.mapValues { Array($0.utf8) })
    }

    func theirs(_ tool: String, _ words: [String]) throws -> Launch {
      try Launch("/usr/sbin/\(tool)", ["-P", root.path] + words, captures: true)
    }

    /// Files in which we and they differ.
    func differences() -> [String] {
      AccountFile.allCases.compactMap { file in
        let ours = book.tables[file].map { String(decoding: $0.content, as: UTF8.self) }
        let theirs = root.text(file.path)
        return ours == theirs ? nil : "\(file): ours \(ours ?? "-") theirs \(theirs ?? "-")"
      }
    }

    /// What pwck and grpck say of our files; empty when they find nothing.
    func complaints() throws -> String {
      for (file, table) in book.tables { root.write("/ours/\(file)", table.content, mode: 0o600) }
      // They look up groups and members in the files of the system, so ours are laid over those.
      let checked = try Launch(
        "/usr/bin/unshare",
        [
          "-m", "/bin/sh", "-c",
          """
          cd "$0"; for f in passwd shadow group gshadow; do mount --bind $f /etc/$f; done
          pwck -r -q; grpck -r
          """, root.outside("/ours"),
        ], captures: true)
      let lines = checked.output.split(separator: "\n").filter {
        !$0.contains("does not exist") && !$0.contains("no changes")
      }
      return lines.joined(separator: "\n")
    }
  }

  /// How many random sequences are run; `HARDEN_SEQUENCES` sets another number.
  static let sequences =
    ProcessInfo.processInfo.environment["HARDEN_SEQUENCES"].flatMap { Int($0) } ?? 500

  @Test(.enabled(if: getuid() == 0), arguments: 0..<sequences)
  func `random sequences give the rows that the tools give`(seed: Int) throws {
    var random = SeededRandom(UInt64(seed))
    let scene = try Scene()
    let names = ["bob", "cat", "dan", "sys1", "sys2"]
    var log: [String] = []
    for _ in 0..<6 {
      let name = names.randomElement(using: &random) ?? "bob"
      let groups = scene.book.groups.map(\.name).filter { $0 != name }.shuffled(using: &random)
      let user = scene.book.user(name)
      let (order, tool, words): (EditAccount, String, [String])
      switch Int.random(in: 0..<10, using: &random) {
      case 0...3 where user == nil && scene.book.group(name) == nil:
        let isSystem = name.hasPrefix("sys")
        let named = Array(groups.prefix(Int.random(in: 0...2, using: &random)))
        let own = Bool.random(using: &random) ? nil : groups.last
        let id = Int.random(in: 0..<4, using: &random) == 0 ? UInt32(5000 + seed % 100) : nil
        if let id, scene.book.users.contains(where: { $0.id == id }) { continue }
        order = EditAccount(
          Account(.user, name), before: nil,
          after: AccountClaims(
            id: id, isSystem: isSystem, group: own, home: "/home/\(name)", shell: "/bin/sh",
            groups: named))
        tool = "useradd"
        var told = ["-M", "-l", "-d", "/home/\(name)", "-s", "/bin/sh"]
        if isSystem { told.append("-r") }
        if let id { told += ["-u", "\(id)"] }
        if let own { told += ["-N", "-g", own] } else { told.append("-U") }
        if !named.isEmpty { told += ["-G", named.joined(separator: ",")] }
        words = told + [name]
      case 4, 5:
        guard user != nil else { continue }
        order = EditAccount(Account(.user, name), before: AccountClaims(), after: nil)
        (tool, words) = ("userdel", [name])
      case 6 where scene.book.group("g-\(name)") == nil:
        let isSystem = Bool.random(using: &random)
        order = EditAccount(
          Account(.group, "g-\(name)"), before: nil, after: AccountClaims(isSystem: isSystem))
        (tool, words) = ("groupadd", (isSystem ? ["-r"] : []) + ["g-\(name)"])
      case 7
      where scene.book.group("g-\(name)").map { group in
        !scene.book.users.contains { $0.group == group.id }
      } ?? false:
        order = EditAccount(Account(.group, "g-\(name)"), before: AccountClaims(), after: nil)
        (tool, words) = ("groupdel", ["g-\(name)"])
      case 8 where user != nil:
        order = EditAccount(
          Account(.user, name), before: AccountClaims(),
          after: AccountClaims(home: "/srv/\(name)", shell: "/bin/bash"))
        (tool, words) = ("usermod", ["-d", "/srv/\(name)", "-s", "/bin/bash", name])
      case 9 where user != nil:
        order = EditAccount(
          Account(.user, name), before: AccountClaims(),
          after: AccountClaims(isLocked: true, ages: [.expires: "20000"]))
        let isLocked = scene.book.isLocked(name)
        (tool, words) = ("usermod", (isLocked ? [] : ["-L"]) + ["-e", "20000", name])
      default: continue
      }
      log.append("\(tool) \(words.joined(separator: " "))")
      try scene.book.apply(order, scene.policy, today: Self.today)
      let ended = try scene.theirs(tool, words)
      try #require(ended.status == 0, "seed \(seed): \(log): \(ended.output)")
      try #require(scene.differences() == [], "seed \(seed): \(log)")
    }
    #expect(try scene.complaints() == "", "seed \(seed): \(log)")
  }

  @Test func `a password is locked behind a mark and nothing else changes`() throws {
    let scene = try Scene()
    var book = scene.book
    let order = EditAccount(
      Account(.user, "ann"), before: AccountClaims(isLocked: false),
      after: AccountClaims(isLocked: true))
    try book.apply(order, scene.policy, today: 1)
    let expected = Self.start[.shadow]?.replacing("ann:$y", with: "ann:!$y")
    #expect(book.tables[.shadow].map { String(decoding: $0.content, as: UTF8.self) } == expected)
    let once = book
    try book.apply(order, scene.policy, today: 1)
    #expect(book == once, "what is so already stays")
  }

  @Test func `members are the whole list of a group`() throws {
    let scene = try Scene()
    try scene.book.apply(
      EditAccount(Account(.group, "sudo"), before: nil, after: AccountClaims(members: [])),
      scene.policy, today: 1)
    #expect(scene.book.group("sudo")?.members == [])
    #expect(scene.book.groups(naming: "ann") == [])
  }

  @Test func `what cannot be made says why`() throws {
    let scene = try Scene()
    #expect(throws: AccountBook.Obstacle(reason: "there is no group 'none'")) {
      try scene.book.apply(
        EditAccount(Account(.user, "x"), before: nil, after: AccountClaims(group: "none")),
        scene.policy, today: 1)
    }
  }
}
