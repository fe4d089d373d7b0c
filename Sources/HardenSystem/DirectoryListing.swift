internal import CHarden
internal import Glibc
internal import SystemPackage

/// `readdir` over a descriptor.
enum DirectoryListing {
  /// The names in the directory, without `.` and `..`, in no order.
  static func names(of directory: consuming OwnedDescriptor) throws(SystemError) -> [String] {
    let copy = folded(dup(directory.number))
    guard copy >= 0 else { throw SystemError("dup", "", Errno(rawValue: CInt(-copy))) }
    guard let stream = unsafe charden_opendir(CInt(copy)) else {
      _ = close(CInt(copy))
      throw SystemError("fdopendir", "", .ioError)
    }
    defer { unsafe charden_closedir(stream) }
    var names: [String] = []
    var name = [CChar](repeating: 0, count: 256)
    var type: UInt8 = 0
    while true {
      let result = unsafe charden_readdir(stream, &name, &type)
      guard result >= 0 else { throw SystemError("readdir", "", Errno(rawValue: -result)) }
      guard result == 1 else { return names }
      let text = String(
        decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text != "." && text != ".." { names.append(text) }
    }
  }
}
