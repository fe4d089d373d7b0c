import Foundation

/// The built `harden`, run as a user runs it.
package struct Program {
  /// How a run ended and what it printed.
  package struct Result: CustomStringConvertible {
    /// The exit status; 128 and the signal's number when a signal ended it.
    package var status: Int32
    /// Standard output.
    package var output: String
    /// Standard error.
    package var messages: String

    package var description: String { "exit \(status)\n\(output)---\n\(messages)" }
  }

  /// The program beside the test bundle, or the one that `HARDEN_PROGRAM` names.
  package static let path: String =
    ProcessInfo.processInfo.environment["HARDEN_PROGRAM"]
    ?? Bundle.main.bundleURL.appending(path: "harden").path()

  /// Runs harden with `arguments` in `directory`, giving it `input`.
  package static func run(
    _ arguments: [String], in directory: String? = nil, input: String = "",
    environment: [String: String] = [:]
  ) throws -> Result {
    try launch(path, arguments, in: directory, input: input, environment: environment)
  }

  /// Runs a line of shell in which `$HARDEN` is the program, for what only a shell can set up.
  package static func shell(
    _ script: String, in directory: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    try launch(
      "/bin/sh", ["-c", script], in: directory, input: "",
      environment: environment.merging(["HARDEN": path]) { $1 })
  }

  private static func launch(
    _ program: String, _ arguments: [String], in directory: String?, input: String,
    environment: [String: String]
  ) throws -> Result {
    // Files and not pipes: a program that prints much never waits for a reader.
    let work = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    let files = ["in", "out", "err"].map { work.appending(path: $0) }
    for file in files { try Data(file == files[0] ? Data(input.utf8) : Data()).write(to: file) }
    // Not Foundation's Process, which may wait for ever when several are in use.
    let settings = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"].merging(environment) { $1 }
    let ended = try Launch(
      "/bin/sh",
      ["-c", "exec <\"$0\" >\"$1\" 2>\"$2\"; shift 2; exec env -i \"$@\""]
        + files.map { $0.path() } + ["-C", directory ?? "/"]
        + settings.map { "\($0.key)=\($0.value)" } + [program] + arguments)
    return Result(
      status: ended.status,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      messages: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
