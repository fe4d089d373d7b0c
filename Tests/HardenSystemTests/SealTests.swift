import Foundation
import HardenTestSupport
import Testing

/// A program of its own seals itself and tries what a planner must not do.
@Suite(.enabled(if: geteuid() == 0)) struct SealTests {
  #if arch(x86_64)
    private static let reading: Set = ["read", "list"]
    private static let denied: Set = ["1", "13"]

    /// The attempts that were denied, with `layers`; what is there and listens is made anew.
    private func denied(_ layers: String) throws -> Set<String> {
      let work = FileManager.default.temporaryDirectory.appending(path: "seal-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: work) }
      let program = Bundle.main.bundleURL.appending(path: "harden-seal").path()
      // The mounts are its own, so that the attempt to mount harms nobody.
      let output = try Shell.run(
        """
        cd \(work.path()); echo text > file; echo text > other
        python3 - <<'PY' >/dev/null 2>&1 &
        import socket, time
        unix = socket.socket(socket.AF_UNIX); unix.bind("socket"); unix.listen()
        net = socket.socket(); net.bind(("127.0.0.1", 0)); net.listen()
        open("port.new", "w").write(str(net.getsockname()[1]))
        import os; os.rename("port.new", "port"); time.sleep(30)
        PY
        server=$!
        until [ -e port ]; do sleep 0.05; done
        unshare -m --propagation private \(program) \(layers) "$PWD" "$(cat port)"
        kill $server
        """)
      let lines = output.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(lines.count == 26, "\(output)")
      return Set(lines.filter { Self.denied.contains(String($0[1])) }.map { String($0[0]) })
    }

    private static let all: Set = [
      "write", "openat2", "create", "empty", "truncate", "chmod", "chown", "label", "flags",
      "times", "mkdir",
      "link", "rename", "unlink", "parameter", "mount", "namespace", "module", "trace", "signal",
      "execute", "unit", "connect", "audit",
    ]

    @Test func `nothing is denied to whom nothing was taken from`() throws {
      // Audit may be for the host only where tests run in a container.
      #expect(try denied("none").subtracting(["audit", "module"]).isEmpty)
    }

    @Test func `a sealed process can read and nothing else`() throws {
      let denied = try denied("files,calls,capabilities")
      #expect(denied == Self.all)
    }

    @Test func `system calls alone deny all but writing as openat2 hides it`() throws {
      #expect(try denied("calls") == Self.all.subtracting(["openat2"]))
    }

    @Test func `files alone deny whatever writes, makes, removes, moves and runs`() throws {
      let expected: Set = [
        "write", "openat2", "create", "mkdir", "link", "rename", "parameter", "mount", "execute",
      ]
      #expect(try denied("files").isSuperset(of: expected))
    }

    @Test func `without capabilities the kernel and what others own stay as they are`() throws {
      let expected: Set = ["chown", "mount", "namespace", "audit"]
      #expect(try denied("capabilities").isSuperset(of: expected))
    }
  #endif
}
