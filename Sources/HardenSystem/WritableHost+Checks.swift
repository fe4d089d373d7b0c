package import HardenModel

extension WritableHost {
  /// Refuses `content` for the file at `path` where the program that will read it does not take it.
  ///
  /// A program that is not installed is not asked, nor is one of another root.
  package func require(_ check: ConfigurationCheck, takes content: [UInt8], at path: String)
    throws(SystemError)
  {
    guard host.isLive, try host.inodeFollowing(check.program) != nil else { return }
    let end = try run([check.program], check.arguments, input: content, seconds: 10)
    guard end.status != 0, !check.isTaken(saying: end.lastWords) else { return }
    let said = end.message.isEmpty ? "status \(end.status)" : end.message
    throw SystemError(
      refusing: path,
      "\(check.program) \(check.arguments[0]) does not take it: "
        + said.replacing("/dev/stdin", by: path))
  }
}
