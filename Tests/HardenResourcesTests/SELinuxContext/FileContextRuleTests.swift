import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct FileContextRuleTests {
  private func rule(_ path: String, isRecursive: Bool = false, isDirectory: Bool = false)
    -> FileContextRule
  {
    FileContextRule(
      SELinuxContext(path: path, label: LabelWanted(type: "t"), isRecursive: isRecursive),
      isDirectory: isDirectory, label: "u:r:t:s0", policy: "test")
  }

  @Test func `a rule names what it is for`() {
    #expect(rule("/a").line == "/a    --    u:r:t:s0")
    #expect(rule("/a", isDirectory: true).line == "/a    -d    u:r:t:s0")
    #expect(rule("/a", isRecursive: true, isDirectory: true).line == "/a(/.*)?    u:r:t:s0")
    #expect(rule("/a.b/c++ (x)").pattern.hasPrefix("/a\\.b/c\\+\\+\\s\\(x\\)"))
  }

  @Test func `an older rule for the same is replaced, and others are left alone`() {
    let text = "/a\t--\tu:r:old:s0\n/a    -d    u:r:dir:s0\n/ab    --    u:r:x:s0\n"
    #expect(rule("/a").rival(in: text) == "/a\t--\tu:r:old:s0")
    #expect(rule("/b").rival(in: text) == nil && !rule("/a").isIn(text))
    #expect(rule("/a").isIn(text + "/a    --    u:r:t:s0\n"))
  }

  @Test func `both files get it, as far as the policy has them`() throws {
    let root = try TemporaryRoot()
    let address = Address(kind: "selinux_context", name: "/a")
    root.write("/etc/selinux/test/contexts/files/file_contexts", "", mode: 0o644)
    let paths = { (steps: [Step]) in steps.map(\.target) }
    let local = "/etc/selinux/test/contexts/files/file_contexts.local"
    let store = "/var/lib/selinux/test/active/file_contexts.local"
    #expect(try paths(rule("/a").steps(for: address, on: Host(root: root.path))) == [local])
    root.write("/var/lib/selinux/test/active/file_contexts", "", mode: 0o600)
    let steps = try rule("/a").steps(for: address, on: Host(root: root.path))
    #expect(paths(steps) == [local, store])
    guard case .editFile(let order) = steps[1] else { return }
    #expect(order.creation?.mode == Mode(0o600))
    root.write(store, rule("/a").line + "\n")
    #expect(try paths(rule("/a").steps(for: address, on: Host(root: root.path))) == [local])
  }
}
