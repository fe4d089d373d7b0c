import Foundation

/// A line of shell for setting a scene and for asking somebody else's tools.
package enum Shell {
  /// Its standard output; throws when it fails.
  @discardableResult
  package static func run(_ script: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ShellFailure(script: script, status: process.terminationStatus)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A line of shell that failed.
package struct ShellFailure: Error {
  /// What was run.
  package let script: String
  /// Its exit status.
  package let status: Int32
}
