import Foundation
import HardenTestSupport
import Testing

/// Hostile playbooks through the built program: exit 65, quickly and in little memory.
@Suite(.serialized)
struct HostileTests {
  private static let head =
    "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure: [file: {path: /etc/passwd, owner: root}]\n"

  private static let playbooks: [(name: String, make: String)] = [
    (
      "alias bomb",
      "printf 'harden: 1\\na: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\\nc: [*b,*b,*b,*b]\\n' > p"
    ),
    ("100,000 deep", "(printf 'harden: 1\\na: '; head -c 100000 /dev/zero | tr '\\0' '[') > p"),
    ("1,000,000 deep", "(printf 'a: '; head -c 1000000 /dev/zero | tr '\\0' '[') > p"),
    ("1 GB sparse", "truncate -s 1G p"),
    ("duplicate keys", "printf '\(head.replacing("\n", with: "\\n"))name: again\\n' > p"),
    ("merge key", "printf '\(head.replacing("\n", with: "\\n"))vars: {<<: {a: 1}}\\n' > p"),
    (
      "9,900 unknown keys",
      "(printf '\(head.replacing("\n", with: "\\n"))'; seq -f 'k%.0f: 1' 9900) > p"
    ),
    ("BOM", "printf '\\357\\273\\277\(head.replacing("\n", with: "\\n"))' > p"),
    ("bidi", "printf '\(head.replacing("\n", with: "\\n"))title: \"\\342\\200\\256x\"\\n' > p"),
    ("NUL", "printf '\(head.replacing("\n", with: "\\n"))title: \"\\000\"\\n' > p"),
    ("not UTF-8", "printf '\(head.replacing("\n", with: "\\n"))title: \"\\377\"\\n' > p"),
    ("a pipe", "mkfifo p"),
    ("a directory", "mkdir p"),
    ("a device", "ln -s /dev/zero p"),
  ]

  /// Runs a program and prints its time and peak memory: a program that a large one starts is counted
  /// with the memory of its parent.
  private static let meter = """
    import resource, subprocess, sys, time
    begin = time.monotonic()
    ended = subprocess.run(sys.argv[1:], stderr=subprocess.STDOUT)
    took = (time.monotonic() - begin) * 1000
    print("figures", took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    sys.exit(ended.returncode)
    """

  @Test(arguments: playbooks.indices) func `is refused quickly and in little memory`(index: Int)
    throws
  {
    let scratch = try Scratch()
    let (name, make) = Self.playbooks[index]
    try Shell.run("cd \(scratch.path); \(make)")
    var times: [Double] = []
    var peak = 0
    for _ in 0..<3 {
      let ended = try Launch(
        "/usr/bin/env", ["python3", "-c", Self.meter, Program.path, "check", "\(scratch.path)/p"],
        captures: true)
      #expect(ended.status == 65, "\(name): \(ended.status) \(ended.output.prefix(300))")
      #expect(ended.output.contains("error["), "\(name)")
      let figures = try #require(ended.output.split(separator: "\n").last).split(separator: " ")
      times.append(Double(figures[1]) ?? .infinity)
      peak = max(peak, Int(figures[2]) ?? .max)
    }
    let best = times.min() ?? 0
    print("hostile: \(name): \(Int(best)) ms, \(peak / 1024) MiB")
    #expect(peak < 64 << 10, "\(name)")
    // Debug builds are several times slower; `HARDEN_PROGRAM` names a release build.
    let isRelease = ProcessInfo.processInfo.environment["HARDEN_PROGRAM"] != nil
    #expect(best < (isRelease ? 100 : 2000), "\(name)")
  }
}
