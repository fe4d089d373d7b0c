import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct CommandTests {
  @Test func `status, signal and output`() throws {
    let stage = try Probing()
    #expect(
      try stage.run("/bin/sh", "-c", "echo out; echo err >&2; exit 3")
        == .init(status: 3, isTimedOut: false, output: "out\nerr\n"))
    #expect(try stage.run("/bin/sh", "-c", "kill -9 $$").status == 137)
    #expect(try stage.run("/bin/true") == .init(status: 0, isTimedOut: false, output: ""))
  }

  @Test func `what cannot be executed says why`() throws {
    let ending = try Probing().run("/nonexistent/x")
    #expect(ending.status == 127 && ending.output.contains("No such file"), "\(ending)")
  }

  @Test func `arguments arrive as they are, and nothing else of harden does`() throws {
    let stage = try Probing()
    // The last descriptor is the directory that ls reads.
    let ending = try stage.run(
      "/bin/sh", "-c",
      "printf '%s|' \"$@\"; pwd; umask; env | cut -d= -f1 | sort | tr '\\n' ' '; exec ls /proc/self/fd",
      "x", "a b", "", "$HOME;`id`", "é")
    #expect(
      ending.output == "a b||$HOME;`id`|é|/\n0022\nHOME LC_ALL PATH PWD 0\n1\n2\n3\n",
      "\(ending.output)")
  }

  @Test func `another user has no groups of root and gains nothing`() throws {
    let stage = try Probing()
    let nobody = try #require(try stage.host.host.identity(of: "nobody"))
    let ending = try stage.run(
      "/bin/sh", "-c", "id -u; id -G; grep -E 'CapEff|NoNewPrivs' /proc/self/status | tr -d '\\t'",
      as: nobody)
    #expect(
      ending.output
        == "\(nobody.user)\n\(nobody.group)\nCapEff:0000000000000000\nNoNewPrivs:1\n", "\(ending)")
  }

  @Test func `a flood of output is cut and does not stop the command`() throws {
    let ending = try Probing().run("/bin/sh", "-c", "head -c 30000000 /dev/zero; exit 5")
    #expect(ending.status == 5 && ending.output.utf8.count == 16 << 10)
  }

  /// Everything that carries `mark` in its command line.
  private func left(_ mark: String) throws -> String {
    try Shell.run(
      "grep -lsz -- '[h]\(mark.dropFirst())' /proc/[0-9]*/cmdline || true")
  }

  @Test func `its time over, it is killed with everything that it has started`() throws {
    let mark = "harden-probe-\(UUID().uuidString)"
    let begin = ContinuousClock.now
    let deep = "trap '' TERM HUP; while :; do sleep 1; done"
    let ending = try Probing().run(
      "/bin/sh", "-c",
      """
      for n in 1 2 3 4; do (while :; do sleep 100 & sleep 0.05; done) & done
      setsid setsid -f sh -c "$1" "$0" &
      cat /dev/zero
      """, mark, deep, seconds: 1)
    #expect(ending.isTimedOut && ContinuousClock.now - begin < .seconds(3))
    #expect(try left(mark) == "")
  }

  @Test func `what a command leaves behind when it ends is killed, too`() throws {
    let mark = "harden-probe-\(UUID().uuidString)"
    let ending = try Probing().run(
      "/bin/sh", "-c", "setsid sh -c 'sleep 100; :' \(mark) & exit 0", seconds: 60)
    #expect(ending == .init(status: 0, isTimedOut: false, output: ""))
    #expect(try left(mark) == "")
  }

  // MARK: Cgroups

  /// The cgroup of this process as a directory; nil where none can be made in it.
  private static let ownGroup: String? = {
    let text = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("0::/") }) else {
      return nil
    }
    for mount in ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"] {
      let own = mount + (line.count == 4 ? "" : line.dropFirst(3))
      let probe = "\(own)/harden-test-\(getpid())"
      defer { rmdir(probe) }
      if mkdir(probe, 0o755) == 0, access("\(probe)/cgroup.kill", F_OK) == 0 { return own }
    }
    return nil
  }()

  @Test(.enabled(if: ownGroup != nil)) func `it has a cgroup of its own that ends with it`() throws
  {
    let ending = try Probing().run("/bin/sh", "-c", "cat /proc/self/cgroup; sleep 100 &")
    let line = try #require(ending.output.split(separator: "\n").first { $0.hasPrefix("0::/") })
    let name = try #require(line.split(separator: "/").last)
    #expect(name.hasPrefix("harden-\(getpid())-"), "\(ending)")
    #expect(access("\(try #require(Self.ownGroup))/\(name)", F_OK) != 0)
  }

  @Test(.enabled(if: ownGroup != nil))
  func `what starts more than can be counted is ended in time`() throws {
    let mark = "harden-probe-\(UUID().uuidString)"
    let begin = ContinuousClock.now
    // As somebody whom nothing else here belongs to, and not more than a machine can bear.
    let bomb = "ulimit -u 300; boom() { boom \"$1\" | boom \"$1\" & }; boom \"$0\"; sleep 100"
    let ending = try Probing().run(
      "/bin/bash", "-c", bomb, mark, seconds: 1,
      as: Identity(user: 61_234, group: 61_234, groups: []))
    #expect(ending.isTimedOut && ContinuousClock.now - begin < .seconds(3))
    #expect(try left(mark) == "")
  }

  @Test(.enabled(if: ownGroup != nil))
  func `who kills what watches over it is ended all the same`() throws {
    let mark = "harden-probe-\(UUID().uuidString)"
    #expect(throws: SystemError("execve", "/bin/sh", .noChildProcess)) {
      try Probing().run(
        "/bin/sh", "-c", "setsid sh -c 'sleep 100; :' $0 & kill -9 $PPID; sleep 100; :", mark,
        seconds: 60)
    }
    #expect(try left(mark) == "")
  }

  @Test func `who a user is comes from the host's own files`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/group", "root:x:0:\nwheel:x:10:bob,alice\nalice:x:1000:\nlice:x:9:lice\n")
    let host = try Host(root: root.path)
    #expect(try host.identity(of: "alice") == Identity(user: 1000, group: 1000, groups: [10]))
    #expect(try host.identity(of: "1000")?.groups == [10])
    #expect(try host.identity(of: "carol") == nil)
  }
}
