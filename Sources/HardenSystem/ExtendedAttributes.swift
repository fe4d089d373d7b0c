internal import CHarden
internal import HardenModel
internal import SystemPackage

/// Extended attributes by descriptor; ACLs, labels and capabilities are among them.
enum ExtendedAttributes {
  /// All attributes of the open file; empty where the file system has none.
  static func read(_ number: CInt, _ subject: String) throws(SystemError) -> [String: Bytes] {
    var names = [CChar](repeating: 0, count: 1 << 16)
    let size = unsafe charden_listxattr(number, &names, names.count)
    if size < 0 {
      let errno = Errno(rawValue: CInt(-size))
      if errno == .notSupported || errno == .noSuchFileOrDirectory { return [:] }
      throw SystemError("flistxattr", subject, errno)
    }
    var found: [String: Bytes] = [:]
    for name in names.prefix(size).split(separator: 0) {
      let text = String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if let value = try read(text, of: number, subject) { found[text] = value }
    }
    return found
  }

  /// One attribute; nil when it is not set.
  static func read(_ name: String, of number: CInt, _ subject: String) throws(SystemError) -> Bytes?
  {
    var value = [UInt8](repeating: 0, count: 1 << 16)
    let size = unsafe charden_getxattr(number, name, &value, value.count)
    if size < 0 {
      if -size == Int(charden_ENODATA) || Errno(rawValue: CInt(-size)) == .notSupported {
        return nil
      }
      throw SystemError("fgetxattr", subject, Errno(rawValue: CInt(-size)))
    }
    return Bytes(Array(value.prefix(size)))
  }
}
