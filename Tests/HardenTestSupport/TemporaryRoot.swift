import CHarden
import Foundation

/// A directory of its own that stands in for `/`, removed with everything in it at the end.
package final class TemporaryRoot {
  /// Its path, without links on the way.
  package let path: String

  /// Makes an empty directory, with an `/etc` and account files when asked for.
  package init(withAccounts: Bool = true) throws {
    let base = URL(filePath: "/tmp").appending(path: "harden-test-\(UUID().uuidString)")
    path = base.path()
    try FileManager.default.createDirectory(
      atPath: path + "/etc", withIntermediateDirectories: true)
    guard withAccounts else { return }
    write(
      "/etc/passwd",
      "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1::/:/usr/sbin/nologin\nalice:x:1000:1000::/home/alice:/bin/sh\n"
    )
    write("/etc/group", "root:x:0:\ndaemon:x:1:\nshadow:x:42:\nalice:x:1000:\n")
    write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
    write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
  }

  deinit { Self.remove(path) }

  /// Removes a tree whatever its modes and flags are.
  package static func remove(_ path: String) {
    _ = try? Launch("/bin/sh", ["-c", "chattr -R -i -a \"$0\" 2>/dev/null; rm -rf \"$0\"", path])
  }

  /// The path of `name` as seen from outside.
  package func outside(_ name: String) -> String { path + name }

  /// Writes a file, making its directories.
  package func write(_ name: String, _ text: String, mode: Int = 0o644) {
    write(name, Array(text.utf8), mode: mode)
  }

  /// Writes a file of `bytes`, making its directories.
  package func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o644) {
    let url = URL(filePath: path + name)
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: url.path(), contents: Data(bytes), attributes: [.posixPermissions: mode])
    chmod(url.path(), mode_t(mode))
  }

  /// Makes a directory with all above it.
  package func makeDirectory(_ name: String, mode: Int = 0o755) {
    try? FileManager.default.createDirectory(
      atPath: path + name, withIntermediateDirectories: true)
    chmod(path + name, mode_t(mode))
  }

  /// Makes a symbolic link.
  package func link(_ name: String, to target: String) {
    let url = URL(filePath: path + name)
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    symlink(target, path + name)
  }

  /// The text of a file, nil when there is none.
  package func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: path + name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The permission bits of what stands at `name`.
  package func mode(_ name: String) -> Int? {
    var status = stat()
    return lstat(path + name, &status) == 0 ? Int(status.st_mode & 0o7777) : nil
  }
}
