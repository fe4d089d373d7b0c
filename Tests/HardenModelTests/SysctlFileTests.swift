import Testing

@testable import HardenModel

@Suite struct SysctlFileTests {
  private let address = Address(kind: "sysctl", name: "kernel.x")

  private func apply(_ edits: [UnitEdit], _ text: String) -> String {
    String(decoding: FileFormat.sysctl.applying(edits, to: Array(text.utf8)), as: UTF8.self)
  }

  @Test func `our own file keeps keys that change others first and all of it sorted`() {
    let keys = [
      "vm.x", "net.ipv4.conf.br0.rp_filter", "net.ipv4.conf.default.rp_filter",
      "net.ipv4.ip_forward", "kernel.a",
    ]
    let edits = keys.map { name in
      let key = SysctlKey(name: name)
      return UnitEdit(
        address, unit: key.path, before: nil,
        after: SysctlFile.block(key, value: "1", playbook: "p", control: "c"))
    }
    let order = { (text: String) in
      text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ")[0] }
    }
    let content = apply(edits, "")
    #expect(
      order(content) == [
        "net.ipv4.ip_forward", "net.ipv4.conf.default.rp_filter", "kernel.a",
        "net.ipv4.conf.br0.rp_filter", "vm.x",
      ])
    #expect(content.hasPrefix(SysctlFile.header))
    #expect(apply(edits.reversed(), "") == content)
  }

  @Test func `a block is replaced, removed, and what is not ours stays`() {
    let key = SysctlKey(name: "kernel.x")
    let one = SysctlFile.block(key, value: "1", playbook: "p", control: "c")
    let two = SysctlFile.block(key, value: "2", playbook: "p", control: "d")
    let mine = SysctlFile.header + "# by hand\nvm.y = 3\n"
    let with = apply([UnitEdit(address, unit: key.path, before: nil, after: one)], mine)
    #expect(SysctlFile(Array(with.utf8)).block(key.path) == one)
    let changed = apply([UnitEdit(address, unit: key.path, before: one, after: two)], with)
    #expect(SysctlFile(Array(changed.utf8)).block(key.path) == two)
    #expect(
      apply([UnitEdit(address, unit: key.path, before: two, after: nil)], changed) == mine)
    #expect(FileFormat.sysctl.isBare(Array(SysctlFile.header.utf8)))
    #expect(!FileFormat.sysctl.isBare(Array(mine.utf8)))
  }

  @Test func `lines by hand keep their place among ours`() {
    let key = SysctlKey(name: "kernel.m")
    let block = SysctlFile.block(key, value: "1", playbook: "p", control: "c")
    let mine = "# harden: p/c\nkernel.a = 1\nvm.y = 3\n# harden: p/c\nkernel.z = 1\n# end\n"
    let with = apply([UnitEdit(address, unit: key.path, before: nil, after: block)], mine)
    #expect(
      with
        == "# harden: p/c\nkernel.a = 1\nvm.y = 3\n\(block)\n# harden: p/c\nkernel.z = 1\n# end\n")
    #expect(
      apply([UnitEdit(address, unit: key.path, before: block, after: nil)], with) == mine)
  }

  @Test func `the line of a key is where its assignment stands`() throws {
    let content = SysctlFile.header + "# harden: p/c\nkernel.x = 1\n# harden: p/c\nvm.y = 2\n"
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(SysctlFile(Array(content.utf8)).line(of: "vm/y"))
    #expect(lines[line - 1] == "vm.y = 2")
  }
}
