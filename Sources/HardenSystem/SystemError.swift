package import SystemPackage

/// The operating system, or a rule about what harden touches, said no.
///
/// It names the call, the subject and the reason; sentences around it are built by views.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why it did not work.
  package enum Reason: Hashable, Sendable {
    /// The call failed with this number.
    case errno(Errno)
    /// harden itself refuses, for example a link that somebody else could replace.
    case refused(String)
  }

  /// The system call or the reading that failed, for example `openat2`.
  package var call: String
  /// The path or kernel parameter that it was about.
  package var subject: String
  /// Why.
  package var reason: Reason

  /// `call` on `subject` failed with `errno`.
  package init(_ call: String, _ subject: String, _ errno: Errno) {
    self.call = call
    self.subject = subject
    reason = .errno(errno)
  }

  /// harden refuses `subject`, because `why`.
  package init(refusing subject: String, _ why: String) {
    call = "check"
    self.subject = subject
    reason = .refused(why)
  }

  /// The error number, nil for refusals.
  package var errno: Errno? {
    if case .errno(let errno) = reason { errno } else { nil }
  }

  /// Whether the caller may simply not be allowed to.
  package var isPermission: Bool {
    errno == .permissionDenied || errno == .notPermitted
  }

  /// Whether a file is larger than its reader takes.
  package var isTooLarge: Bool { errno == .fileTooLarge }

  /// Whether symbolic links led nowhere but to each other.
  package var isLinkCircle: Bool { errno == .tooManySymbolicLinkLevels }

  package var description: String {
    switch reason {
    case .errno(let errno): "\(subject): \(call): \(errno)"
    case .refused(let why): "\(subject): \(why)"
    }
  }
}
