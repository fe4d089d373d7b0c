import HardenModel
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct OrderingTests {
  private func entry(_ step: Step, _ asker: Int) -> StepSet.Entry {
    StepSet.Entry(step: step, askers: [asker])
  }

  private func targets(_ steps: [Step], chains: [(Int, Int)] = []) -> [String] {
    Ordering.sorted(steps.enumerated().map { entry($1, $0) }, chains: chains).map(\.step.target)
  }

  private func make(_ path: String) -> Step {
    .writeFile(WriteFile(path: path, before: .absent, after: FileState(.directory)))
  }

  private func remove(_ path: String) -> Step {
    .writeFile(WriteFile(path: path, before: FileState(.directory), after: .absent))
  }

  private func key(_ path: String, _ after: String = "0", oneWay: Bool = false) -> Step {
    .setSysctl(SetSysctl(SysctlKey(path: path), before: "1", after: after, oneWay: oneWay))
  }

  private func edit(_ path: String) -> Step {
    .editFile(EditFile(path: path, format: .lines, edits: []))
  }

  private func attributes(_ path: String) -> Step {
    .setAttributes(
      SetAttributes(
        path: path, isDirectory: true, before: Attributes(), after: Attributes(mode: Mode(0o700))))
  }

  @Test func `directories are made from above and removed from below`() {
    #expect(targets([make("/a/b/c"), make("/a"), make("/a/b")]) == ["/a", "/a/b", "/a/b/c"])
    #expect(targets([remove("/a"), remove("/a/b"), remove("/a/b/c")]) == ["/a/b/c", "/a/b", "/a"])
    #expect(targets([make("/ab"), make("/a")]) == ["/ab", "/a"], "/a is not above /ab")
  }

  @Test func `a path is made before its attributes are set`() {
    #expect(
      Ordering.sorted([entry(attributes("/a"), 0), entry(make("/a"), 1)], chains: [])
        .map(\.askers) == [[1], [0]])
  }

  @Test func `live halves come first, durable ones after them, what cannot be undone last`() {
    #expect(
      targets([
        key("kernel/modules_disabled", "1", oneWay: true), edit("/etc/f"), key("kernel/sysrq"),
        make("/etc/d"),
      ]) == ["kernel.sysrq", "/etc/d", "/etc/f", "kernel.modules_disabled"])
  }

  @Test func `the lock of auditing comes after the rules and files that it would keep out`() {
    let lock = Step.setAuditStatus(SetAuditStatus(before: [.enabled: 1], after: [.enabled: 2]))
    #expect(
      targets([
        lock, .editAuditRules(EditAuditRules([])), edit("/etc/audit/rules.d/zz-harden.rules"),
        .compileAuditRules(CompileAuditRules()),
      ]).last == "audit lock")
  }

  @Test func `forwarding comes before every other parameter, and the wider one first`() {
    #expect(
      targets([
        key("net/ipv4/conf/all/accept_redirects"), key("kernel/sysrq"), key("net/ipv4/ip_forward"),
      ]).first == "net.ipv4.ip_forward")
    #expect(
      targets([key("net/ipv6/conf/lo/disable_ipv6"), key("net/ipv6/conf/all/disable_ipv6")])
        == ["net.ipv6.conf.all.disable_ipv6", "net.ipv6.conf.lo.disable_ipv6"])
  }

  @Test func `what was asked to come after does, and a circle leaves nothing out`() {
    let steps = [make("/one"), make("/two"), make("/three")]
    #expect(targets(steps, chains: [(2, 1), (1, 0)]) == ["/three", "/two", "/one"])
    #expect(Set(targets(steps, chains: [(0, 1), (1, 0)])) == ["/one", "/two", "/three"])
  }

  @Test func `whatever the playbook's order, the same wishes hold`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let steps = [
      make("/a"), make("/a/b"), attributes("/a/b"), key("net/ipv4/ip_forward"),
      key("net/ipv4/conf/all/accept_redirects"), edit("/a/b/f"),
    ]
    for _ in 0..<100 {
      let order = targets(steps.shuffled(using: &random))
      let place = { (name: String) in order.firstIndex(of: name) ?? -1 }
      #expect(order.count == steps.count, "seed \(seed)")
      #expect(place("/a") < place("/a/b"), "seed \(seed)")
      #expect(order.last == "/a/b/f", "seed \(seed)")
      #expect(
        place("net.ipv4.ip_forward") < place("net.ipv4.conf.all.accept_redirects"),
        "seed \(seed)")
    }
  }
}
