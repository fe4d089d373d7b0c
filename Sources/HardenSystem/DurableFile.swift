internal import CHarden
internal import Glibc
internal import SystemPackage

/// A file that only grows, with the calls that make it durable: what a journal is written to.
package struct DurableFile: ~Copyable {
  private let descriptor: OwnedDescriptor
  private let path: String
  let calls: Calls

  init(_ descriptor: consuming OwnedDescriptor, path: String, calls: Calls) {
    self.descriptor = descriptor
    self.path = path
    self.calls = calls
  }

  /// Its number, which must not outlive this value.
  var number: CInt { descriptor.number }

  /// Writes `bytes` at the end; on failure the caller must stop, since the tail may be torn.
  package func append(_ bytes: [UInt8]) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = try calls.make("write", path) {
        unsafe rest.withUnsafeBufferPointer {
          unsafe folded(write(descriptor.number, $0.baseAddress, $0.count))
        }
      }
      rest = rest.dropFirst(written)
    }
  }

  /// Waits until everything appended is on the disk; a failure is final and never tried again.
  package func sync() throws(SystemError) {
    try calls.make("fdatasync", path) { folded(fdatasync(descriptor.number)) }
  }

  /// Sets `bytes` of disk space aside, so that a full disk strikes before the first effect.
  package func reserve(_ bytes: Int) throws(SystemError) {
    let kept: CInt = 0x01  // FALLOC_FL_KEEP_SIZE
    do throws(SystemError) {
      try calls.make("fallocate", path) {
        Int(charden_fallocate(descriptor.number, kept, 0, Int64(bytes)))
      }
    } catch {
      // File systems without it answer so; a full one does not.
      guard error.errno == .notSupported else { throw error }
    }
  }
}
