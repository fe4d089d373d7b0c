internal import Crypto
package import HardenModel

extension HardenModel.Digest {
  /// The SHA-256 of `bytes`.
  package init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    self = HardenModel.Digest(bytes: Array(hash.finalize())) ?? .zero
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
