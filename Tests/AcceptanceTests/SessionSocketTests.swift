import HardenTestSupport
import Testing

/// What a login session listens on ends with it, whatever harden does.
@Suite(.serialized, .enabled(if: Namespace.isAvailable && Systemd.isAvailable))
struct SessionSocketTests {
  /// Applies beside a listener in the cgroup `scope` that ends before the sockets are counted.
  private func apply(scope: String) throws -> String {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      """
      harden: 1
      name: p
      controls: [{id: a, ensure: [{file: {path: /etc/harden-test, content: "a\\n"}}]}]
      """)
    scratch.write(
      "canary.yaml",
      """
      canary:
        - {id: end, probe: {command: [\(scratch.path)/end], as: root}}
        - {id: sockets, probe: {listening: kept}}
      """)
    scratch.write(
      "listen.py",
      """
      import socket, time
      s = socket.socket()
      s.bind(("127.0.0.1", 0))
      s.listen()
      open("port", "w").write(str(s.getsockname()[1]))
      time.sleep(1000)
      """)
    let ended = try scratch.withSystemd(
      units: [:],
      """
      printf '#!/bin/sh\\nexport XDG_RUNTIME_DIR=/run/user/0\\nsystemctl --user stop %s\\n' \\
        \(scope) > end
      chmod 755 end
      systemd-run --user --scope --unit=\(scope) python3 listen.py > run.log 2>&1 &
      until [ -s port ]; do sleep 0.05; done
      $H apply p.yaml --yes $S --canary canary.yaml > apply.txt 2>&1
      echo "apply $?"
      grep -om1 'is no longer listened on' apply.txt
      """)
    let isAsExpected = ended.output.hasPrefix("apply 0\n") || ended.output.hasPrefix("apply 1\ni")
    return ended.output
      + (isAsExpected ? "" : "\(scratch.text("run.log") ?? "")\(scratch.text("apply.txt") ?? "")")
  }

  @Test func `a session's socket may go, a service's may not`() throws {
    let session = try apply(scope: "session-4711.scope")
    #expect(session == "apply 0\n", "\(session)")
    let service = try apply(scope: "web.scope")
    #expect(service == "apply 1\nis no longer listened on\n", "\(service)")
  }
}
