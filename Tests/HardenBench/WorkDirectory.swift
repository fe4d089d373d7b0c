import HardenTestSupport
import FoundationEssentials
import Glibc

/// A temporary directory with generated playbooks and the files that they are about.
struct WorkDirectory {
  private let root: String

  /// Makes it.
  init() throws {
    root = "/tmp/harden-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  /// Removes it with everything in it.
  func remove() { try? FileManager.default.removeItem(atPath: root) }

  /// The path of `name` in it.
  func path(_ name: String) -> String { "\(root)/\(name)" }

  /// Half kernel parameters that every host has, as far as there are so many, the rest files.
  func playbook(resources count: Int) throws -> String {
    let files = path("files-\(count)")
    try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
    let keys = Array(Parameters.writable().prefix(count / 2))
    var entries = keys.map { "      - sysctl: {key: \($0.key), value: \"\($0.value)\"}" }
    for index in 0..<(count - keys.count) {
      let file = "\(files)/\(index).conf"
      try "value = \(index)\n".write(toFile: file, atomically: false, encoding: .utf8)
      entries.append("      - file: {path: \(file), owner: root, group: root, mode: \"0600\"}")
    }
    return try write(entries, "bench-\(count)")
  }

  /// `count` kernel parameters of this network namespace, each wanted otherwise than it is.
  func sysctlPlaybook(count: Int) throws -> String {
    let keys = Parameters.changeable(count)
    guard keys.count == count else {
      print("only \(keys.count) parameters can be changed here")
      exit(1)
    }
    return try write(
      keys.map { "      - sysctl: {key: \($0.key), value: \"\($0.value)\"}" }, "apply")
  }

  private func write(_ entries: [String], _ name: String) throws -> String {
    var lines = ["harden: 1", "name: \(name)", "controls:"]
    for (index, start) in stride(from: 0, to: entries.count, by: 10).enumerated() {
      lines += ["  - id: c\(index)", "    title: Control \(index)", "    ensure:"]
      lines += entries[start..<min(start + 10, entries.count)]
    }
    let file = path("\(name).yaml")
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    chmod(file, 0o600)
    return file
  }

  /// Puts a private copy over `directory`; only to be called in a mount namespace of our own.
  func cover(_ directory: String) throws {
    let copy = path(directory.replacing("/", with: "_"))
    for (program, arguments) in [
      ("/bin/mount", ["--make-rprivate", "/"]),
      ("/bin/cp", ["-a", directory, copy]), ("/bin/mount", ["--bind", copy, directory]),
    ] {
      let launch = try Launch(program, arguments, captures: true)
      guard launch.status == 0 else {
        print(launch.output)
        exit(1)
      }
    }
  }
}
