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

  @Test func `descriptors of others are closed, and signals are neither blocked nor deadly`() throws
  {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      """
      label=wait-$$; mkfifo in
      script -qec "exec 9</dev/null; trap '' TERM; exec env --block-signal=USR1 \
      '$HARDEN' apply playbook.yaml --root root --label $label" /dev/null < in > out &
      exec 8> in; sleep 1
      for process in $(pgrep -f -- "--label $label"); do
        [ "$(readlink /proc/$process/exe)" = "$(readlink -f "$HARDEN")" ] || continue
        [ -e /proc/$process/fd/9 ] && echo kept
        echo found; grep -E 'Sig(Blk|Ign)' /proc/$process/status
      done
      echo no >&8; wait
      """, in: host.folder.path())
    #expect(result.output.hasPrefix("found\n"), "\(result)")
    #expect(result.output.contains("SigBlk:\t0000000000000000"), "\(result)")
    // SIGPIPE is 13 and SIGXFSZ 25.
    let ignored = result.output.firstMatch(of: /SigIgn:\t0*([0-9a-f]+)/).flatMap {
      UInt64($0.1, radix: 16)
    }
    #expect(ignored.map { $0 & 0x7FFF_FFFE } == 0x0100_1000, "\(result)")
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
