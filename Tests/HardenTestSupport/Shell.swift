import Foundation

/// A line of shell for setting a scene and for asking somebody else's tools.
package enum Shell {
  /// Its standard output; throws when it fails.
  @discardableResult
  package static func run(_ script: String) throws -> String {
    // Not Foundation's Process, which may wait for ever when several are in use.
    let fixed = "PATH=/usr/sbin:/usr/bin:/sbin:/bin; LC_ALL=C; export PATH LC_ALL\n"
    let launch = try Launch("/bin/sh", ["-c", fixed + script], captures: true, mergesErrors: false)
    guard launch.status == 0 else { throw ShellFailure(script: script, status: launch.status) }
    return launch.output
  }
}

/// A line of shell that failed.
package struct ShellFailure: Error {
  /// What was run.
  package let script: String
  /// Its exit status.
  package let status: Int32
}
