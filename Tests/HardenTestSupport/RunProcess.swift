import Foundation

/// A program of the system run to its end, without a shell, in the namespaces of the calling thread.
package enum RunProcess {
  /// Runs `program` with `arguments`; the answer is its exit status.
  @discardableResult
  package static func status(_ program: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
