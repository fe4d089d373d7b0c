import Foundation

/// A host below a temporary directory, with playbooks beside it and harden run on it.
package final class RootedHost {
  /// The directory that holds everything.
  package let folder: URL

  /// Makes `root/etc` with what harden reads of every host; `playbook` becomes `playbook.yaml`.
  package init(playbook: String = "") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "host-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "root/etc"), withIntermediateDirectories: true)
    try write("root/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
    try write("root/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
    try write("root/etc/hostname", "image\n")
    try write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
    try write("root/etc/group", "root:x:0:\n")
    try write("playbook.yaml", playbook)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The path of `name` below the directory.
  package func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  /// Writes `text` into the file `name` with mode 0600, making its directories.
  package func write(_ name: String, _ text: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: file.path(percentEncoded: false))
  }

  /// The text of the file `name`; nil when there is none.
  package func text(_ name: String) -> String? {
    try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// Runs harden with `arguments` and `--root`, in the directory.
  package func harden(_ arguments: String...) throws -> Program.Result {
    try Program.run(arguments + ["--root", path("root")], in: folder.path(percentEncoded: false))
  }

  /// A playbook with one control that wants the file `/etc/banner` to hold `content`.
  package static func banner(_ content: String = "Authorised use only") -> String {
    """
    harden: 1
    name: base
    controls:
      - id: banner
        title: The banner says who may enter
        ensure:
          - file: {path: /etc/banner, content: "\(content)\\n", owner: root, group: root, mode: "0644"}

    """
  }
}
