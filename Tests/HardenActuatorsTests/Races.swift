import Foundation
import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

/// Somebody else swaps what stands at a managed path, all the time, for links to what is not his.
///
/// `HARDEN_ROUNDS` sets how often harden goes there; 400,000 take some minutes.
@Suite(.enabled(if: geteuid() == 0)) struct Races {
  private static let rounds =
    ProcessInfo.processInfo.environment["HARDEN_ROUNDS"].flatMap(Int.init) ?? 10_000

  /// Exchanges `file` with a symbolic and a hard link to files outside, and its folder with a link to
  /// one outside, as user 65534.
  private static let attacker = """
    import ctypes, os
    libc = ctypes.CDLL(None)
    os.chdir("open")
    def swap(a, b): libc.renameat2(-100, a, -100, b, 2)
    open("ready", "w").close()
    while True:
        for other in (b"folder/soft", b"folder/hard"):
            swap(b"folder/file", other); swap(b"folder/file", other)
        swap(b"folder", b"elsewhere"); swap(b"folder", b"elsewhere")
    """

  @Test func `nothing outside is read or changed, whatever is swapped when`() throws {
    var stage = try Stage()
    let root = stage.root.path
    stage.root.write("/etc/secret/file", "secret\n", mode: 0o600)
    stage.root.write("/etc/linked/file", "linked\n", mode: 0o600)
    stage.root.write("/open/folder/file", "public\n", mode: 0o644)
    stage.root.write("/attacker.py", Self.attacker, mode: 0o644)
    try Shell.run(
      """
      cd \(root) && ln -s ../../etc/secret/file open/folder/soft && ln -s ../etc/secret open/elsewhere
      ln etc/linked/file open/folder/hard
      chown -hR 65534:65534 open && chown 0:0 etc/*/file && chmod 755 . open open/folder
      setpriv --reuid 65534 --regid 65534 --clear-groups python3 attacker.py >/dev/null 2>&1 & echo $! > pid
      until [ -e open/ready ]; do sleep 0.05; done
      """)
    defer { _ = try? Shell.run("kill -9 $(cat \(root)/pid)") }
    let outside = ["\(root)/etc/secret/file", "\(root)/etc/linked/file"]
    let path = "/open/folder/file"
    let set = Step.setAttributes(
      SetAttributes(
        path: path, isDirectory: false, before: Attributes(mode: Mode(0o644)),
        after: Attributes(mode: Mode(0o666))))
    let write = Step.writeFile(
      WriteFile(
        path: path, before: FileState(.file(Digest(of: Array("public\n".utf8)))),
        after: FileState(
          .file(stage.keep("public\n")), Attributes(owner: .id(65534), mode: Mode(0o666)))))
    let before = try outside.map(state)
    var (done, refused, naive) = (0, 0, 0)
    for round in 0..<Self.rounds {
      if (try? String(contentsOfFile: root + path, encoding: .utf8)) == "secret\n" { naive += 1 }
      do {
        let found = try stage.host().contents(path)
        #expect(found != Array("secret\n".utf8), "round \(round)")
        _ = try stage.perform(round % 8 == 0 ? write : set)
        done += 1
      } catch { refused += 1 }
      if round % 64 == 0 {
        #expect(try outside.map(state) == before, "round \(round)")
      }
    }
    #expect(try outside.map(state) == before)
    print(
      "\(Self.rounds) rounds: \(done) done, \(refused) refused, 0 escaped; the naive open escaped \(naive) times"
    )
    #expect(naive > 0 && done > 0 && refused > 0)
  }

  /// What of a file outside must never change.
  private func state(_ path: String) throws -> [String] {
    var found = stat()
    #expect(lstat(path, &found) == 0)
    return [
      try String(contentsOfFile: path, encoding: .utf8), String(found.st_mode, radix: 8),
      "\(found.st_uid):\(found.st_gid)", "\(found.st_ino)",
    ]
  }
}
