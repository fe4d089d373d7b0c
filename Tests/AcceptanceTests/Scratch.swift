import Foundation
import HardenTestSupport
import Testing

/// A directory for one acceptance test, with a root, a state directory and lines of shell that are
/// run in private network and mount namespaces.
struct Scratch: ~Copyable {
  let path = "/tmp/harden-acceptance-\(UUID().uuidString)"

  init() throws {
    try Shell.run(
      "mkdir -p \(path)/root/etc; echo 0123456789abcdef0123456789abcdef > \(path)/root/etc/machine-id"
    )
    write("root/etc/passwd", "root:x:0:0::/:/bin/sh\n")
    write("root/etc/group", "root:x:0:\n")
  }

  deinit { TemporaryRoot.remove(path) }

  func write(_ name: String, _ text: String) {
    try? FileManager.default.createDirectory(
      atPath: "\(path)/\(name)".split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 },
      withIntermediateDirectories: true)
    let isWritten = FileManager.default.createFile(
      atPath: "\(path)/\(name)", contents: Data(text.utf8))
    precondition(isWritten, "\(path)/\(name) cannot be written")
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Runs `script` in namespaces of its own, in this directory; `$H` is the program, `$W` the
  /// directory and `$R` the options that name root and state.
  func inside(_ script: String) throws -> Launch {
    write(
      "script",
      "set -u; cd \(path); H=\(Program.path); W=\(path); R=\"--root \(path)/root --state \(path)/state\"\n\(script)\n"
    )
    return try Launch(
      "/usr/bin/unshare", ["-n", "-m", "/bin/bash", "\(path)/script"], captures: true)
  }

  /// Runs harden on the root.
  func harden(_ words: String...) throws -> Launch {
    try Launch(
      Program.path, words + ["--root", "\(path)/root", "--state", "\(path)/state"], captures: true)
  }

  func tree() -> TreeSnapshot { TreeSnapshot("\(path)/root") }
}
