import Foundation

/// A thread with a network and mounts of its own: real kernel parameters below `net`, and real
/// mounts, that end with it.
package enum Namespace {
  private typealias Unshare = @convention(c) (CInt) -> CInt
  private static let network: CInt = 0x4000_0000
  private static let mounts: CInt = 0x0002_0000

  /// Whether tests may run here; `HARDEN_REQUIRE=namespaces` makes them run and fail instead.
  package static let isAvailable: Bool = {
    let required = ProcessInfo.processInfo.environment["HARDEN_REQUIRE"] ?? ""
    if required.split(separator: ",").contains("namespaces") { return true }
    return (try? run { true }) ?? false
  }()

  /// Runs `body` in a thread with a fresh network and private mounts.
  package static func run<Value>(_ body: @escaping () throws -> Value) throws -> Value {
    let work = Work {
      try unshare(network | mounts)
      guard mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0 else {
        throw CocoaError(.featureUnsupported)
      }
      return try body()
    }
    let thread = Thread { work.perform() }
    thread.stackSize = 8 << 20
    thread.start()
    work.done.wait()
    guard let result = work.result else { throw CocoaError(.featureUnsupported) }
    return try result.get()
  }

  /// Gives the calling thread another fresh network.
  package static func renewNetwork() throws { try unshare(network) }

  /// Mounts an empty file system at `path`, which must exist; only root can write there.
  package static func mountEmpty(_ path: String) throws {
    guard mount("none", path, "tmpfs", 0, nil) == 0, chmod(path, 0o755) == 0 else {
      throw CocoaError(.fileWriteNoPermission)
    }
  }

  /// Makes `path`, which must exist, show `source`.
  package static func bind(_ source: String, at path: String) throws {
    guard mount(source, path, nil, UInt(MS_BIND), nil) == 0 else {
      throw CocoaError(.fileWriteNoPermission)
    }
  }

  private static func unshare(_ flags: CInt) throws {
    guard let symbol = dlsym(nil, "unshare"),
      unsafeBitCast(symbol, to: Unshare.self)(flags) == 0
    else { throw CocoaError(.featureUnsupported) }
  }

  private final class Work<Value>: @unchecked Sendable {
    let done = DispatchSemaphore(value: 0)
    var result: Result<Value, any Error>?
    private let body: () throws -> Value

    init(_ body: @escaping () throws -> Value) { self.body = body }

    func perform() {
      result = Result { try body() }
      done.signal()
    }
  }
}
