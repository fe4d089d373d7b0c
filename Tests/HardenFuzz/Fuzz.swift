import Glibc
import HardenFuzzing

/// The target that `HARDEN_FUZZ_TARGET` names.
private let target: FuzzTarget = {
  let name = unsafe getenv("HARDEN_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("set HARDEN_FUZZ_TARGET to one of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  return target
}()

/// What libFuzzer calls with bytes that it made up.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  do { try target.run(bytes) } catch { fatalError("\(target.rawValue): \(error)") }
  return 0
}
