import Foundation
import HardenTestSupport
import Testing

/// Full disks, read-only file systems, too few descriptors, many at once: a clear message, the right
/// code, and nothing half-done.
@Suite(.serialized, .enabled(if: Namespace.isAvailable))
struct TroubleTests {
  private static let playbook = """
    harden: 1
    name: p
    controls:
      - id: files
        ensure:
          - file: {path: /srv/one, content: "one\\n"}
          - file: {path: /srv/two, content: "\(String(repeating: "large ", count: 4000))"}
          - file: {path: /etc/passwd, mode: "0600"}
    """

  private static let troubles: [(name: String, set: String, codes: [Int32])] = [
    (
      "full disk under the state",
      "mkdir -m 700 $W/state; mount -t tmpfs -o size=8k,mode=700 tmpfs $W/state", [74]
    ),
    (
      "no inodes left under the state",
      "mkdir -m 700 $W/state; mount -t tmpfs -o nr_inodes=4,mode=700 tmpfs $W/state", [74]
    ),
    ("full disk under the target", "mount -t tmpfs -o size=16k tmpfs $W/root/srv", [3]),
    (
      "no inodes left under the target",
      "mount -t tmpfs -o nr_inodes=2 tmpfs $W/root/srv; touch $W/root/srv/.keep", [3]
    ),
    (
      "full disk under the target, accepted",
      "W_ACCEPTED='--accept-risk host:space'; mount -t tmpfs -o size=16k tmpfs $W/root/srv", [1]
    ),
    (
      "read-only state", "mkdir -m 700 $W/state; mount -t tmpfs -o ro,mode=700 tmpfs $W/state", [74]
    ),
    ("read-only target", "mount -t tmpfs -o ro tmpfs $W/root/srv", [1]),
    ("seven descriptors", "ulimit -n 7", [1, 3, 74]),
    ("files of one block", "ulimit -f 1", [1, 74]),
  ]

  @Test(arguments: troubles.indices) func `trouble is told and nothing is half-done`(index: Int)
    throws
  {
    let trouble = Self.troubles[index]
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.playbook)
    scratch.write("root/srv/.keep", "")
    let before = scratch.tree()
    let ended = try scratch.inside(
      "\(trouble.set); $H apply p.yaml --yes $R ${W_ACCEPTED:-} > out.txt 2> err.txt; echo \"exit $?\""
    )
    let code =
      Int32(
        ended.output.split(separator: " ").last?.trimmingCharacters(in: .whitespacesAndNewlines)
          ?? "") ?? -1
    let message = scratch.text("err.txt") ?? ""
    print("\(trouble.name): exit \(code): \(message.split(separator: "\n").first ?? "")")
    #expect(
      trouble.codes.contains(code),
      "\(trouble.name): \(code) \(message) \(scratch.text("out.txt") ?? "")")
    #expect(scratch.tree().differences(from: before) == [], "\(trouble.name)")
    let after = try scratch.harden("recover")
    #expect(after.status == 0, "\(after.output)")
    let again = try scratch.harden("apply", "\(scratch.path)/p.yaml", "--yes")
    #expect(again.status == 0, "the state is usable afterwards: \(again.output)")
  }

  @Test func `of 64 applies at once one runs and the others are refused`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.playbook)
    scratch.write("root/srv/.keep", "")
    #expect(try scratch.harden("status").status == 0)
    let ended = try scratch.inside(
      """
      strace -f -o /dev/null -e trace=renameat2 -e inject=renameat2:delay_enter=1500000:when=4+ \
        $H apply p.yaml --yes $R > first.txt 2>&1 & first=$!
      until [ -e state/runs/1 ] || [ -e state/runs/.1.new ]; do sleep 0.01; done
      # It is held until the others have ended, however long the machine takes to start them.
      read -r child < /proc/$first/task/$first/children; kill -STOP $child
      for n in $(seq 63); do ($H apply p.yaml --yes $R > out.$n 2>&1; echo $? > code.$n) & pids="${pids:-} $!"; done
      wait $pids; kill -CONT $child; wait $first; echo "first $?"; cat code.* | sort | uniq -c | tr -s ' '
      """)
    #expect(ended.output == "first 0\n 63 75\n", "\(ended.output)")
    let back = try scratch.harden("rollback", "--yes")
    #expect(back.status == 0, "\(back.output)")
  }
}
