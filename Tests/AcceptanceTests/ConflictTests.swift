import HardenTestSupport
import Testing

/// What somebody else changed between an apply and its rollback survives, and is named.
struct ConflictTests {
  private static let playbook = """
    harden: 1
    name: p
    controls:
      - id: content
        ensure: [file: {path: /etc/content, content: "ours\\n"}]
      - id: mode
        ensure: [file: {path: /etc/mode, mode: "0600"}]
      - id: made
        ensure: [directory: {path: /etc/made, state: present}]
      - id: other
        ensure: [file: {path: /etc/other, content: "other\\n"}]
      - id: parameter
        ensure: [sysctl: {set: {kernel.sysrq: 0, kernel.kptr_restrict: 2}}]
    """

  private static let edits: [(edit: String, unit: String, check: String)] = [
    ("echo theirs > etc/content", "/etc/content", "cat etc/content"),
    ("rm etc/content", "/etc/content", "ls etc/content 2>&1"),
    ("chmod 604 etc/mode", "/etc/mode: mode", "stat -c %a etc/mode"),
    ("echo x > etc/made/theirs", "/etc/made", "cat etc/made/theirs"),
    (
      "sed -i 's/sysrq = 0/sysrq = 1/' etc/sysctl.d/99-zz-harden.conf", "kernel/sysrq",
      "grep sysrq etc/sysctl.d/99-zz-harden.conf"
    ),
  ]

  @Test(arguments: edits.indices) func `an edit is kept and reported, and the rest goes back`(
    index: Int
  ) throws {
    let (edit, unit, check) = Self.edits[index]
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.playbook)
    scratch.write("root/etc/content", "before\n")
    scratch.write("root/etc/mode", "x")
    let before = scratch.tree()
    #expect(try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes").status == 0)
    let root = "cd \(scratch.path)/root"
    try Shell.run("\(root); \(edit)")
    let theirs = try Shell.run("\(root); \(check) || true")

    let abort = try scratch.harden("rollback", "--yes", "--on-conflict", "abort")
    #expect(abort.status == 3, "\(abort.output)")
    let back = try scratch.harden("rollback", "--yes")
    #expect(back.status == 4, "\(back.output)")
    #expect(back.output.contains(unit), "\(back.output)")
    #expect(try Shell.run("\(root); \(check) || true") == theirs)
    #expect(try Shell.run("\(root); ls etc/other 2>&1 || true").contains("No such file"))
    guard !edit.contains("made") else { return }
    let forced = try scratch.harden("rollback", "--yes", "--on-conflict", "restore")
    #expect(forced.status == 0, "\(forced.output)")
    #expect(scratch.tree().differences(from: before) == [])
  }
}
