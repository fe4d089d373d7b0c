internal import CHarden
internal import Glibc
package import SystemPackage

/// Every system call that changes the host or makes a change durable, in one value.
///
/// The crash tests replace ``intercept`` and nothing else: they end the process before or after the
/// n-th call, or make one fail.
package struct Calls: Sendable {
  /// One call about to be made, or just made.
  package struct Point: Sendable {
    /// The system call's name.
    package var call: String
    /// What it works on.
    package var subject: String
    /// Whether the call has been made.
    package var isAfter: Bool
  }

  /// Asked around every call; an error number makes the call fail without being made.
  package var intercept: @Sendable (Point) -> Errno?

  /// The calls as the kernel answers them.
  package static let kernel = Calls(intercept: { _ in nil })

  /// Calls that ask `intercept` first.
  package init(intercept: @escaping @Sendable (Point) -> Errno?) { self.intercept = intercept }

  /// Makes one call whose `body` answers with a negative error number on failure.
  @discardableResult
  func make(_ call: String, _ subject: String, _ body: () -> Int) throws(SystemError) -> Int {
    if let errno = intercept(Point(call: call, subject: subject, isAfter: false)) {
      throw SystemError(call, subject, errno)
    }
    var result = body()
    while result == -Int(EINTR) { result = body() }
    if let errno = intercept(Point(call: call, subject: subject, isAfter: true)) {
      throw SystemError(call, subject, errno)
    }
    guard result >= 0 else { throw SystemError(call, subject, Errno(rawValue: CInt(-result))) }
    return result
  }
}

/// A C call's result with `errno` folded in as a negative number.
func folded(_ result: some BinaryInteger) -> Int { result < 0 ? -Int(errno) : Int(result) }

/// Writes all of `bytes` to the open file `number`, whatever interrupts; the error number, or zero.
func writeAll(_ bytes: [UInt8], to number: CInt) -> CInt {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes {
      unsafe folded(Glibc.write(number, $0.baseAddress, $0.count))
    }
    if count == -Int(EINTR) { continue }
    guard count >= 0 else { return CInt(-count) }
    rest = rest.dropFirst(count)
  }
  return 0
}
