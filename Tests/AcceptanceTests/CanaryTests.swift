import HardenTestSupport
import Testing

/// A canary on the running machine: what it finds decides whether a run stays.
@Suite(.serialized, .enabled(if: Namespace.isAvailable))
struct CanaryTests {
  /// Applies a sysctl and a file with `canary`; `before` and `after` are lines of shell.
  private func apply(
    _ canary: String, before: String = "", words: String = "", after: String = ""
  ) throws -> Launch {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      """
      harden: 1
      name: p
      controls:
        - id: a
          ensure:
            - sysctl: {key: net.ipv4.ip_forward, value: 0}
            - file: {path: /srv/made, content: "x\\n"}
      canary:
      \(canary.split(separator: "\n").map { "  - \($0)" }.joined(separator: "\n"))

      """)
    return try scratch.inside(
      """
      mount -t tmpfs tmpfs /etc/sysctl.d; mount -t tmpfs tmpfs /srv; ip link set lo up
      echo 1 > /proc/sys/net/ipv4/ip_forward
      \(before)
      $H apply p.yaml --yes --state $W/live \(words); echo "apply $?"
      cat /proc/sys/net/ipv4/ip_forward; ls /srv /etc/sysctl.d
      \(after)
      """)
  }

  @Test func `a run whose canary holds stays`() throws {
    let ended = try apply(
      """
      {id: works, probe: {command: [/bin/sh, -c, "test $(id -un) = nobody"]}}
      {id: writes, probe: {writable: /srv}}
      {id: sockets, probe: {listening: kept}}
      {id: root, probe: {login: root, timeout: 60s}}
      """)
    #expect(
      ended.output.contains("apply 0\n0\n/etc/sysctl.d:\n99-zz-harden.conf"), "\(ended.output)")
    #expect(ended.output.contains("holds           works    command /bin/sh"), "\(ended.output)")
    #expect(ended.output.contains("holds           root     login of root"), "\(ended.output)")
  }

  @Test func `a required probe that fails undoes the run at once`() throws {
    let ended = try apply(
      "{id: broken, probe: {command: [/bin/sh, -c, \"echo it is broken; exit 4\"]}}\n"
        + "{id: never-asked, probe: {writable: /srv}}",
      after: "$H status --state $W/live; echo \"status $?\"; grep -c broken $W/live/runs/1/journal")
    #expect(ended.output.contains("apply 1\n1\n/etc/sysctl.d:\n\n/srv:\n"), "\(ended.output)")
    #expect(ended.output.contains("exit 4: it is broken"), "\(ended.output)")
    #expect(!ended.output.contains("never-asked"), "\(ended.output)")
    #expect(ended.output.contains("status 0"), "\(ended.output)")
  }

  @Test func `a wanted probe that fails is only reported`() throws {
    let ended = try apply("{id: wish, required: false, probe: {tcp: \"127.0.0.1:1\"}}")
    #expect(ended.output.contains("apply 0\n0\n"), "\(ended.output)")
    #expect(
      ended.output.contains("fails           wish  tcp 127.0.0.1:1  (wanted)"), "\(ended.output)")
  }

  @Test func `a slow, forking, flooding probe is ended and the run undone soon after`() throws {
    // A time of its own, so that nothing else is taken for what it leaves behind.
    let mark = "sleep \(Int.random(in: 100_000...999_999))"
    let ended = try apply(
      "{id: wild, probe: {command: [/bin/sh, -c, \"(while :; do \(mark) & sleep 0.1; done) & setsid -f \(mark); cat /dev/zero\"], timeout: 1s}}",
      before: "begin=$(date +%s%N)",
      after:
        "echo took $((($(date +%s%N) - begin) / 1000000)); grep -lsz 'sleep' /proc/[0-9]*/cmdline | while read f; do tr '\\0' ' ' < $f; done | grep -c '[s]\(mark.dropFirst())'"
    )
    #expect(ended.output.contains("apply 1\n1\n/etc/sysctl.d:\n\n/srv:\n"), "\(ended.output)")
    #expect(ended.output.contains("not done within 1s"), "\(ended.output)")
    #expect(ended.output.hasSuffix("\n0\n"), "\(ended.output)")
    let took = ended.output.firstMatch(of: /took (\d+)/).flatMap { Int($0.1) }
    // The probe's own second, and two for the undoing.
    #expect((took ?? .max) < 3000, "\(ended.output)")
  }

  @Test func `a socket that is gone and a closed port are failures`() throws {
    let listen =
      "python3 -m http.server 8765 --bind 127.0.0.1 >/dev/null 2>&1 & pid=$!; "
      + "until grep -q :223D /proc/net/tcp; do sleep 0.1; done"
    let web = "{id: web, probe: {http: \"http://127.0.0.1:8765/\", timeout: 5s}}"
    let kept = "{id: sockets, probe: {listening: kept}}"
    let up = try apply("\(web)\n\(kept)", before: listen, after: "kill -9 $pid")
    #expect(up.output.contains("apply 0\n"), "\(up.output)")
    // The first probe ends the server, as a wrong firewall or restart would.
    let down = try apply(
      "{id: kill, probe: {command: [/bin/sh, -c, \"kill -9 $(cat /srv/pid); sleep 0.5\"], as: root}}\n\(kept)",
      before: "\(listen); echo $pid > /srv/pid")
    #expect(down.output.contains("127.0.0.1:8765 is no longer listened on"), "\(down.output)")
    #expect(down.output.contains("apply 1\n1\n"), "\(down.output)")
  }
}
