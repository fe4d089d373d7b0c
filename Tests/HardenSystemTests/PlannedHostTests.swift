import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct PlannedHostTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/f", "old", mode: 0o640)
    root.write("/etc/d/inner", "in")
    root.link("/etc/way", to: "d")
  }

  private func host(after steps: [Step], _ texts: [String] = []) throws -> Host {
    let contents = texts.map { (Digest(of: Array($0.utf8)), Array($0.utf8)) }
    return try Host(root: root.path).after(
      steps, contents: Dictionary(uniqueKeysWithValues: contents))
  }

  private func file(_ path: String, _ text: String, _ attributes: Attributes = Attributes()) -> Step
  {
    .writeFile(
      WriteFile(
        path: path, before: .absent,
        after: FileState(.file(Digest(of: Array(text.utf8))), attributes)))
  }

  private func remove(_ path: String) -> Step {
    .writeFile(WriteFile(path: path, before: FileState(.directory), after: .absent))
  }

  @Test func `a written file has its new bytes and keeps what the step leaves out`() throws {
    let host = try host(after: [file("/etc/f", "new", Attributes(owner: .name("alice")))], ["new"])
    #expect(try host.text("/etc/f") == "new")
    let inode = try #require(try host.inode("/etc/f"))
    #expect(inode.owner == 1000 && inode.mode == Mode(0o640) && inode.form == .file)
    #expect(root.text("/etc/f") == "old", "planning has written")
  }

  @Test func `a new path appears in its directory, a removed one and all below it do not`() throws {
    let host = try host(after: [file("/etc/d/new", "x"), remove("/etc/f")], ["x"])
    #expect(try host.entries("/etc/d") == ["inner", "new"])
    #expect(try host.inode("/etc/f") == nil && host.contents("/etc/f") == nil)
    #expect(try !host.entries("/etc").contains("f"))
    let bare = try self.host(after: [remove("/etc/d")])
    #expect(try bare.inode("/etc/d/inner") == nil)
    #expect(try bare.contents("/etc/d/inner") == nil)
    #expect(try bare.entries("/etc/d").isEmpty && bare.entries("/etc/way").isEmpty)
    #expect(try !bare.has("inner", in: "/etc/d"))
    #expect(try bare.inode("/etc/f") != nil)
  }

  @Test func `what is only planned has no flags yet`() throws {
    let host = try host(after: [file("/etc/new", "x")], ["x"])
    #expect(try host.flags("/etc/new") == nil)
    #expect(throws: SystemError.self) { try host.flags("/etc/nothing") }
  }

  @Test func `what is made again after it was removed is there`() throws {
    let host = try host(after: [remove("/etc/f"), file("/etc/f", "again")], ["again"])
    #expect(try host.text("/etc/f") == "again")
  }

  @Test func `a path through a link and the path without it are one`() throws {
    let host = try host(after: [file("/etc/way/inner", "new")], ["new"])
    #expect(try host.text("/etc/d/inner") == "new")
    #expect(try host.text("/etc/way/inner") == "new")
  }

  @Test func `edits are made to the text that earlier steps leave`() throws {
    let edit = Step.editFile(
      EditFile(
        path: "/etc/f", format: .lines,
        edits: [UnitEdit(Address(kind: "k", name: "n"), unit: "a", before: "a", after: "b")]))
    let host = try host(after: [file("/etc/f", "a\nc\n"), edit], ["a\nc\n"])
    #expect(try host.text("/etc/f") == "b\nc\n")
    #expect(try host.inode("/etc/f")?.mode == Mode(0o640))
  }

  @Test func `attributes change and content stays`() throws {
    let host = try host(after: [
      .setAttributes(
        SetAttributes(
          path: "/etc/f", isDirectory: false, before: Attributes(),
          after: Attributes(
            group: .id(7), mode: Mode(0o600),
            xattrs: ["user.note": Bytes([1]), "user.gone": nil]
          )))
    ])
    let inode = try #require(try host.inode("/etc/f"))
    #expect(inode.group == 7 && inode.mode == Mode(0o600) && inode.owner == 0)
    #expect(try host.text("/etc/f") == "old")
    #expect(try host.xattrs("/etc/f")["user.note"] == Bytes([1]))
    #expect(try host.xattrs("/etc/f")["user.gone"] == nil)
  }

  @Test func `a parameter holds what is written, and what the kernel changes along`() throws {
    let (one, other) = (SysctlKey(path: "net/ipv4/ip_forward"), SysctlKey(path: "kernel/other"))
    let host = try host(after: [
      .setSysctl(
        SetSysctl(
          one, before: "0", after: "1", effects: [.init(other, before: "a", after: "b")]))
    ])
    #expect(try host.sysctl(one) == "1")
    #expect(try host.sysctl(other) == "b")
  }
}
