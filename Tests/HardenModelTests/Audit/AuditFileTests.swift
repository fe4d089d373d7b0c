import HardenModel
import Testing

@Suite struct AuditFileTests {
  private static let address = Address(kind: "audit_rule", name: "x")

  private static func edit(
    _ line: String, before: String? = nil, after: String?, behind: String? = nil
  ) -> UnitEdit {
    UnitEdit(
      address, unit: AuditFile.unit(ofLine: line), before: before, after: after, behind: behind)
  }

  private static func adding(_ line: String, behind: String? = nil) -> UnitEdit {
    edit(line, after: AuditFile.block(line, playbook: "base", control: "c"), behind: behind)
  }

  private static func content(_ edits: [UnitEdit], from text: String = "") -> String {
    String(decoding: FileFormat.audit.applying(edits, to: Array(text.utf8)), as: UTF8.self)
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("-") }.map(String.init)
  }

  @Test func `a new file has a header, and a comment above each line`() {
    let text = Self.content([Self.adding("-w /etc/passwd -p wa")])
    #expect(text == AuditFile.header + "# harden: base/c\n-w /etc/passwd -p wa\n")
    #expect(AuditFile(Array(text.utf8)).line(of: "-w /etc/passwd -p wa") == 4)
  }

  @Test func `rules stand in the given order, and settings before them`() {
    var text = Self.content([
      Self.adding("-w /a"), Self.adding("-w /c", behind: "-w /a"), Self.adding("-b 64"),
    ])
    #expect(Self.lines(text) == ["-b 64", "-w /a", "-w /c"])
    text = Self.content([Self.adding("-w /b", behind: "-w /a")], from: text)
    #expect(Self.lines(text) == ["-b 64", "-w /a", "-w /b", "-w /c"])
    text = Self.content([Self.adding("-w /d", behind: "-w /gone")], from: text)
    #expect(Self.lines(text) == ["-b 64", "-w /a", "-w /b", "-w /c", "-w /d"])
  }

  @Test func `a setting is one unit whatever its value`() throws {
    let text = Self.content([Self.adding("-b 64")])
    let block = try #require(AuditFile(Array(text.utf8)).block("-b"))
    let new = AuditFile.block("-b 8192", playbook: "base", control: "c")
    let edit = Self.edit("-b 8192", before: block, after: new)
    #expect(FileFormat.audit.standings(of: [edit], in: Array(text.utf8)) == [.before])
    let changed = Self.content([edit], from: text)
    #expect(Self.lines(changed) == ["-b 8192"])
    #expect(FileFormat.audit.standings(of: [edit], in: Array(changed.utf8)) == [.after])
  }

  @Test func `a line that stands too early is moved, and is then as wanted`() {
    let text = Self.content([Self.adding("-w /b"), Self.adding("-w /a")])
    let block = AuditFile.block("-w /b", playbook: "base", control: "c")
    let move = Self.edit("-w /b", before: block, after: block, behind: "-w /a")
    #expect(FileFormat.audit.standings(of: [move], in: Array(text.utf8)) == [.before])
    let moved = Self.content([move], from: text)
    #expect(Self.lines(moved) == ["-w /a", "-w /b"])
    #expect(FileFormat.audit.standings(of: [move], in: Array(moved.utf8)) == [.after])
    #expect(Self.content([move], from: moved) == moved)
  }

  @Test func `what others wrote into it stays, and without units only the header is left`() {
    let text = AuditFile.header + "# mine\n-w /mine\n"
    let added = Self.content([Self.adding("-w /a")], from: text)
    #expect(Self.lines(added) == ["-w /mine", "-w /a"])
    let block = AuditFile.block("-w /a", playbook: "base", control: "c")
    let removal = Self.edit("-w /a", before: block, after: nil)
    #expect(Self.content([removal], from: added) == text)
    let bare = Self.content([removal], from: Self.content([Self.adding("-w /a")]))
    #expect(FileFormat.audit.isBare(Array(bare.utf8)))
  }
}
