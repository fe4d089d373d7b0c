import HardenModel
import Testing

@testable import HardenEngine

@Suite struct SupersededTests {
  private let a = SysctlKey(path: "net/a")
  private let address = Address(kind: "file", name: "/f")

  private func edit(_ path: String, _ units: String...) -> Step {
    .editFile(
      EditFile(
        path: path, format: .lines,
        edits: units.map { UnitEdit(address, unit: $0, before: $0, after: nil) }))
  }

  private func attributes(_ claims: Attributes) -> Step {
    .setAttributes(SetAttributes(path: "/f", isDirectory: false, before: claims, after: claims))
  }

  @Test func `a key that is written again has only its last value to hold`() {
    let first = Step.setSysctl(SetSysctl(a, before: "2", after: "1"))
    let second = Step.setSysctl(SetSysctl(a, before: "1", after: "0"))
    let other = Step.setSysctl(SetSysctl(SysctlKey(path: "net/b"), before: "1", after: "0"))
    #expect(first.remainder(after: [second]) == nil)
    #expect(first.remainder(after: [other]) == first && second.remainder(after: []) == second)
  }

  @Test func `of an edit the units remain that nobody edits again`() {
    #expect(edit("/f", "a", "b").remainder(after: [edit("/f", "b", "c")]) == edit("/f", "a"))
    #expect(edit("/f", "a").remainder(after: [edit("/f", "a")]) == nil)
    #expect(edit("/f", "a").remainder(after: [edit("/g", "a")]) == edit("/f", "a"))
  }

  @Test func `a file written as a whole leaves nothing of what came before`() {
    let whole = Step.writeFile(WriteFile(path: "/f", before: .absent, after: .absent))
    #expect(edit("/f", "a").remainder(after: [whole]) == nil)
    #expect(whole.remainder(after: [whole]) == nil)
    #expect(edit("/g", "a").remainder(after: [whole]) == edit("/g", "a"))
    #expect(whole.remainder(after: [edit("/f", "a")]) == nil)
  }

  @Test func `of attributes those remain that nobody sets again`() {
    let both = attributes(Attributes(owner: .id(0), mode: Mode("0600")))
    let mode = attributes(Attributes(mode: Mode("0644")))
    #expect(both.remainder(after: [mode]) == attributes(Attributes(owner: .id(0))))
    #expect(mode.remainder(after: [both]) == nil)
    let made = Step.writeFile(
      WriteFile(
        path: "/f", before: .absent, after: FileState(.directory, Attributes(mode: Mode("0700")))))
    guard case .writeFile(let order)? = made.remainder(after: [mode]) else {
      Issue.record("what was made still has to be there")
      return
    }
    #expect(order.after.form == .directory && order.after.attributes.isEmpty)
  }
}
