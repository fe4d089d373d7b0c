import Glibc
import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

/// Accounts below a root, as rows; the tools of a live host are run in AcceptanceTests.
@Suite struct AccountEditorTests {
  static let files: [(AccountFile, String)] = [
    (.passwd, "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n"),
    (.shadow, "root:*:19000::::::\nann:$y$secret$hash:19000:0:99999:7:::\n"),
    (.group, "root:x:0:\nsudo:x:27:root,ann,bin\nann:x:1000:\n"),
    (.gshadow, "root:*::\nsudo:*::root,ann,bin\nann:!::\n"),
    (.subuid, "ann:100000:65536\n"), (.subgid, "ann:100000:65536\n"),
  ]

  /// A stage with account files, each of an age, and backups that are older still.
  static func stage() throws -> Stage {
    let stage = try Stage()
    for (file, text) in files {
      stage.root.write(file.path, text, mode: file == .shadow || file == .gshadow ? 0o640 : 0o644)
      stage.root.write(file.backup, "old \(file.rawValue)\n", mode: 0o600)
    }
    try Shell.run(
      """
      cd \(stage.root.path)/etc; chown 0:42 shadow; setfattr -n trusted.note -v kept passwd
      touch -d '2021-03-04 05:06:07.891' *; touch -d '2020-01-01' ./*-
      """)
    return stage
  }

  static func making(_ claims: AccountClaims = AccountClaims(home: "/home/bob", shell: "/bin/sh"))
    -> Step
  {
    .editAccount(EditAccount(Account(.user, "bob"), before: nil, after: claims))
  }

  static let removing = Step.editAccount(
    EditAccount(
      Account(.user, "ann"), before: AccountClaims(home: "/home/ann", groups: ["sudo"]), after: nil)
  )

  static let changing = Step.editAccount(
    EditAccount(
      Account(.user, "ann"),
      before: AccountClaims(shell: "/bin/sh", groups: [], isLocked: false, ages: [.max: "99999"]),
      after: AccountClaims(
        shell: "/usr/sbin/nologin", groups: ["root"], isLocked: true, ages: [.max: "90"])))

  static let orders = [
    making(), making(AccountClaims(home: "/h", shell: "/s", groups: ["sudo"])), removing, changing,
    .editAccount(
      EditAccount(
        Account(.group, "sudo"), before: AccountClaims(members: ["root", "ann", "bin"]),
        after: AccountClaims(members: ["ann"]))),
    .editAccount(EditAccount(Account(.group, "new"), before: nil, after: AccountClaims())),
  ]

  @Test(arguments: orders)
  func `done, read back and undone to the byte, times and backups included`(step: Step) throws {
    var stage = try Self.stage()
    let before = stage.snapshot()
    #expect(try Actuators.standing(of: step, on: stage.host()) == .before)
    let images = try stage.perform(step)
    #expect(try Actuators.standing(of: step, on: stage.host()) == .after)
    #expect(stage.snapshot() != before)
    // What account tools leave in the backups.
    try Shell.run("cd \(stage.root.path)/etc; for f in passwd shadow; do cp $f $f-; done")
    let after = try Actuators.capture(step, on: stage.host()).image
    #expect(try stage.undo(step, before: images.before, after: after) == [])
    #expect(stage.snapshot().differences(from: before) == [])
    #expect(try stage.undo(step, before: images.before, after: after) == [], "and again")
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test(arguments: orders)
  func `an interrupted step is undone from every mixture of files`(step: Step) throws {
    var stage = try Self.stage()
    let before = stage.snapshot()
    let images = try stage.perform(step)
    var done: [AccountFile: String] = [:]
    for file in AccountFile.allCases { done[file] = stage.root.text(file.path) }
    // In the order of the tools, in the opposite one, and whatever a power cut may leave.
    for mixture in [1, 3, 7, 15, 31, 63, 62, 60, 56, 48, 32, 21, 42] {
      stage = try Self.stage()
      for (file, _) in Self.files { _ = stage.keep(stage.root.text(file.backup) ?? "") }
      _ = stage.keep("$y$secret$hash")
      let changed = zip(0..., AccountFile.allCases).filter { mixture >> $0.0 & 1 == 1 }.map(\.1)
      try Shell.run(
        "cd \(stage.root.path)/etc; for f in \(changed.map(\.rawValue).joined(separator: " ")); do "
          + "cp -p $f $f-; done")
      for file in changed {
        stage.root.write(file.path, done[file] ?? "", mode: stage.root.mode(file.path) ?? 0)
      }
      #expect(try stage.undo(step, before: images.before, after: nil) == [], "\(mixture)")
      #expect(stage.snapshot().differences(from: before) == [], "mixture \(mixture)")
    }
  }

  @Test func `rows of others survive an undoing`() throws {
    var stage = try Self.stage()
    let images = try stage.perform(Self.making(AccountClaims(home: "/h", groups: ["sudo"])))
    for (file, row) in [
      (AccountFile.passwd, "eve:x:2000:2000::/home/eve:/bin/sh\n"), (.shadow, "eve:!:1::::::\n"),
    ] {
      stage.root.write(file.path, (stage.root.text(file.path) ?? "") + row)
    }
    stage.root.write(
      "/etc/group", (stage.root.text("/etc/group") ?? "").replacing("bin,bob", with: "bin,bob,eve"))
    stage.root.write("/etc/passwd-", "theirs\n")
    let step = Self.making(AccountClaims(home: "/h", groups: ["sudo"]))
    #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    let expected = Dictionary(uniqueKeysWithValues: Self.files)
    #expect(
      stage.root.text("/etc/passwd")
        == (expected[.passwd] ?? "") + "eve:x:2000:2000::/home/eve:/bin/sh\n")
    #expect(stage.root.text("/etc/shadow") == (expected[.shadow] ?? "") + "eve:!:1::::::\n")
    #expect(
      stage.root.text("/etc/group") == expected[.group]?.replacing("ann,bin", with: "ann,bin,eve"))
    #expect(stage.root.text("/etc/gshadow") == expected[.gshadow])
    #expect(stage.root.text("/etc/passwd-") == "theirs\n")
  }

  @Test func `an account that somebody has changed stays whole`() throws {
    var stage = try Self.stage()
    let step = Self.making()
    let images = try stage.perform(step)
    stage.root.write(
      "/etc/shadow", (stage.root.text("/etc/shadow") ?? "").replacing("bob:!", with: "bob:$y$new"))
    let found = stage.snapshot()
    let conflicts = try stage.undo(step, before: images.before, after: images.after)
    #expect(conflicts.map(\.unit) == ["/etc/shadow: bob"])
    #expect(!"\(conflicts)".contains("$y$"), "passwords are never shown")
    #expect(stage.snapshot().differences(from: found) == [])
  }

  @Test func `fields that others changed stay, and ours go back`() throws {
    var stage = try Self.stage()
    let images = try stage.perform(Self.changing)
    stage.root.write(
      "/etc/passwd",
      (stage.root.text("/etc/passwd") ?? "").replacing("1000::/home", with: "1000:Ann:/home"))
    stage.root.write(
      "/etc/shadow", (stage.root.text("/etc/shadow") ?? "").replacing(":90:", with: ":30:"))
    let conflicts = try stage.undo(Self.changing, before: images.before, after: images.after)
    #expect(conflicts.map(\.unit) == ["/etc/shadow: max of ann"])
    #expect(
      stage.root.text("/etc/passwd")?.contains("ann:x:1000:1000:Ann:/home/ann:/bin/sh") == true)
    #expect(stage.root.text("/etc/shadow")?.contains("ann:$y$secret$hash:19000:0:30:") == true)
    #expect(stage.root.text("/etc/group")?.hasPrefix("root:x:0:\n") == true)
  }

  @Test func `another's account of the same name is not taken for ours`() throws {
    var stage = try Self.stage()
    let step = Self.making()
    let before = try Actuators.capture(step, on: stage.host()).image
    stage.root.write(
      "/etc/passwd", (stage.root.text("/etc/passwd") ?? "") + "bob:x:7:7::/srv/other:/bin/zsh\n")
    let found = stage.snapshot()
    #expect(try Actuators.standing(of: step, on: stage.host()) != .before)
    #expect(try stage.undo(step, before: before, after: nil).count == 1)
    #expect(stage.snapshot() == found)
  }

  @Test func `no password leaves the files but as kept bytes`() throws {
    let stage = try Self.stage()
    let capture = try Actuators.capture(Self.removing, on: stage.host())
    #expect(!"\(capture.image)".contains("secret$hash"))
    #expect(capture.contents.contains(Array("$y$secret$hash".utf8)))
    #expect(!capture.contents.contains { String(decoding: $0, as: UTF8.self).contains("ann:$y") })
  }

  @Test func `a lock that somebody holds is respected`() throws {
    var stage = try Self.stage()
    stage.root.write("/etc/passwd.lock", "1\n")
    #expect(throws: SystemError.self) { try stage.perform(Self.making()) }
    #expect(stage.root.text("/etc/passwd") == Self.files[0].1)
  }

  @Test func `forcing brings back what was there whoever changed it`() throws {
    var stage = try Self.stage()
    let before = stage.snapshot()
    let step = Self.making()
    let images = try stage.perform(step)
    stage.root.write(
      "/etc/passwd",
      (stage.root.text("/etc/passwd") ?? "").replacing("/bin/sh\nann", with: "/bin/sh\nann")
        .replacing("/home/bob", with: "/elsewhere"))
    let steps = try Actuators.force(step, before: images.before, on: stage.host())
    for step in steps { _ = try stage.perform(step) }
    #expect(stage.snapshot().differences(from: before, timeless: true) == [])
  }
}
