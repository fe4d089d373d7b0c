import HardenTestSupport
import Testing

@Suite struct RunsTests {
  static let two = """
    harden: 1
    name: base
    controls:
      - id: first
        ensure:
          - file: {path: /etc/first, content: "1\\n", owner: root, group: root, mode: "0644"}
      - id: second
        ensure:
          - file: {path: /etc/second, content: "2\\n", owner: root, group: root, mode: "0644"}

    """

  @Test func `a run that is undone in part, whole, and brought back`() throws {
    let host = try RootedHost(playbook: Self.two)
    let states = {
      try host.harden("runs").output.split(separator: "\n").dropFirst().map {
        $0.split(separator: "  ", omittingEmptySubsequences: true)[2]
          .trimmingPrefix(while: { $0 == " " })
      }
    }
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(try states() == ["in effect"])
    _ = try host.harden("rollback", "--only", "first", "--yes")
    #expect(try states() == ["done", "partly in effect"])
    _ = try host.harden("rollback", "--yes")
    #expect(try states() == ["done", "done", "undone"])
    _ = try host.harden("rollback", "3", "--yes")
    #expect(try states().last == "partly in effect")
    #expect(host.text("root/etc/second") == "2\n" && host.text("root/etc/first") == nil)
  }
}
