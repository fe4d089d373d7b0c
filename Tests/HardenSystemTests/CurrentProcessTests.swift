import HardenTestSupport
import Testing

/// What a process inherits is seen only in a process of its own, so the program is run.
@Suite struct CurrentProcessTests {
  @Test(arguments: ["0", "777"])
  func `files are made for their owner, whatever mask was inherited`(mask: String) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      """
      umask \(mask); "$HARDEN" apply playbook.yaml --yes --root root >/dev/null || exit 1
      find root/var/lib/harden -perm /077 | wc -l
      stat -c %a root/var/lib/harden root/var/lib/harden/runs/1/journal
      """, in: host.folder.path())
    #expect(result.output == "0\n700\n600\n", "\(result)")
  }

  @Test func `descriptors of others are closed and signals are as they should be`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      """
      mkfifo out; exec 9</dev/null; trap '' CHLD TERM; ulimit -c unlimited
      { "$HARDEN" plan playbook.yaml --root root --color always --full > out & } 3</dev/null
      process=$!
      exec 8<out; sleep 0.5
      ls /proc/$process/fd 2>/dev/null; cat <&8 >/dev/null; wait $process
      """, in: host.folder.path())
    #expect(!result.output.contains("9"), "\(result)")
  }

  @Test func `a state directory in a place that is gone is no trap`() throws {
    let result = try Program.shell("d=$(mktemp -d); cd $d; rmdir $d; \"$HARDEN\" kinds")
    #expect(result.status == 0, "\(result)")
  }

  @Test(arguments: ["-f 0", "-f 1", "-n 8", "-s 256"])
  func `low limits are an error and never a crash`(limit: String) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      "ulimit \(limit); \"$HARDEN\" apply playbook.yaml --yes --root root", in: host.folder.path())
    #expect(result.status < 128, "\(result)")
  }
}
