internal import CNettle
package import HardenModel

/// A SHA-256 in the making, for what comes in pieces.
struct Hashing {
  private var hash = sha256_ctx()

  init() { unsafe nettle_sha256_init(&hash) }

  mutating func add(_ bytes: some Sequence<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      unsafe nettle_sha256_update(&hash, buffer.count, buffer.baseAddress)
    }
    if isContiguous == nil {
      let array = Array(bytes)
      unsafe nettle_sha256_update(&hash, array.count, array)
    }
  }

  /// The SHA-256 of everything that was added.
  var digest: Digest {
    var hash = hash
    var result = [UInt8](repeating: 0, count: 32)
    unsafe nettle_sha256_digest(&hash, result.count, &result)
    return Digest(bytes: result) ?? .zero
  }
}

extension Digest {
  /// The SHA-256 of `bytes`.
  package init(of bytes: some Sequence<UInt8>) {
    var hashing = Hashing()
    hashing.add(bytes)
    self = hashing.digest
  }

  /// The SHA-256 of fields, each behind its length, so that no two lists of fields meet.
  package init(ofFields fields: [String?]) {
    var bytes: [UInt8] = []
    for field in fields {
      guard let field else {
        bytes.append(0)
        continue
      }
      bytes.append(1)
      let count = UInt64(field.utf8.count)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: count >> UInt64(shift)))
      }
      bytes += field.utf8
    }
    self.init(of: bytes)
  }
}
