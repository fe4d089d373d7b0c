internal import CHarden
internal import Glibc
internal import HardenModel
internal import SystemPackage

extension StateDirectory {
  /// Keeps a copy of `program` as `name`, to be executed by its owner only, with the label of the
  /// original; answers with its full path.
  ///
  /// A copy that is byte for byte the same stays as it is.
  package func keepProgram(_ program: String, as name: String) throws(SystemError) -> String {
    let limit = 256 << 20
    let bytes = try UserFile.read(program, limit: limit)
    let digest = Digest(of: bytes)
    let full = "\(path)/\(name)"
    if let kept = try contents(name, limit: limit), Digest(of: kept) == digest { return full }
    try makeDirectory(name.split(at: "/").dropLast().joined(separator: "/"))
    let label = try Self.label(of: program)
    try store(bytes, as: name) { number throws(SystemError) in
      try calls.make("fchmod", full) { folded(fchmod(number, 0o700)) }
      guard let label else { return }
      try calls.make("fsetxattr", full) {
        unsafe Int(charden_setxattr(number, "security.selinux", label, label.count))
      }
    }
    guard let kept = try contents(name, limit: limit), Digest(of: kept) == digest else {
      throw SystemError(refusing: full, "the copy of harden is not what was written")
    }
    return full
  }

  private static func label(of program: String) throws(SystemError) -> [UInt8]? {
    let number = unsafe charden_openat(AT_FDCWD, program, O_RDONLY | O_CLOEXEC, 0)
    guard number >= 0 else { throw SystemError("openat", program, Errno(rawValue: -number)) }
    let file = OwnedDescriptor(number)
    var label = [UInt8](repeating: 0, count: 4096)
    let length = unsafe charden_getxattr(file.number, "security.selinux", &label, label.count)
    return length > 0 ? Array(label.prefix(length)) : nil
  }
}
