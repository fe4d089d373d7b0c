package import HardenModel
internal import HardenSystem

/// What a journal says, and how far it can be believed.
package struct JournalReading: Hashable, Sendable {
  /// The header; nil when not even that is whole.
  package var header: JournalCodec.Header?
  /// The records up to the first that is not whole.
  package var records: [JournalRecord]
  /// How many bytes of it are whole.
  package var length: Int
  /// The chain's digest at that point, for going on.
  package var chain: Digest
  /// The next record's number.
  package var sequence: UInt64
  /// Whether bytes follow that are no whole record: a tail torn by a crash, which proves nothing.
  package var isTorn: Bool

  /// Reads `bytes`.
  ///
  /// An invalid tail is torn. Damage with a whole record behind it is never the work of a crash, and
  /// throws ``JournalDamage``.
  package init(_ bytes: [UInt8]) throws(JournalDamage) {
    (records, length, chain, sequence, isTorn) = ([], 0, .zero, 0, false)
    typealias Codec = JournalCodec

    guard
      let header = Self.frame(bytes, at: 0, prefix: Codec.headerPrefix, length: 12, chain: .zero)
    else {
      // A header is written whole before the journal gets its name.
      throw .header("its beginning is damaged")
    }
    guard bytes.starts(with: Codec.magic) else { throw .header("it is no journal of harden") }
    guard Self.number(bytes, at: 8, UInt16.self) == Codec.major else {
      throw .header("it was written by a newer harden")
    }
    guard let decoded: Codec.Header = try? JSON.decode(header.payload) else {
      throw .header("its header cannot be understood")
    }
    self.header = decoded
    length = header.end
    chain = header.chain

    while length < bytes.count {
      guard
        let frame = Self.frame(
          bytes, at: length, prefix: Codec.recordPrefix, length: 0, chain: chain),
        Self.number(bytes, at: length + 8, UInt64.self) == sequence
      else {
        if Self.hasWholeFrame(bytes, after: length) { throw .record(length) }
        isTorn = true
        return
      }
      do {
        let tag = Self.number(bytes, at: length + 4, UInt16.self)
        if let record = try Codec.record(tag: tag, payload: frame.payload) {
          records.append(record)
        }
      } catch let damage as JournalDamage {
        throw damage
      } catch {
        throw .record(length)
      }
      length = frame.end
      chain = frame.chain
      sequence += 1
    }
  }

  private struct Frame {
    var payload: [UInt8]
    var chain: Digest
    var end: Int
  }

  /// The frame at `start`, whole and chained to `chain`; nil otherwise.
  private static func frame(
    _ bytes: [UInt8], at start: Int, prefix: Int, length: Int, chain: Digest
  )
    -> Frame?
  {
    guard let end = end(bytes, at: start, prefix: prefix, length: length) else { return nil }
    let body = bytes[start..<end - JournalCodec.suffix]
    let digest = Digest(of: chain.bytes + body)
    guard digest.bytes.elementsEqual(bytes[end - 36..<end - 4]) else { return nil }
    return Frame(payload: Array(body.dropFirst(prefix)), chain: digest, end: end)
  }

  /// Where the frame at `start` ends, when its checksum holds.
  private static func end(_ bytes: [UInt8], at start: Int, prefix: Int, length: Int) -> Int? {
    guard bytes.count - start >= prefix + JournalCodec.suffix else { return nil }
    let payload = Int(number(bytes, at: start + length, UInt32.self))
    guard payload <= JournalCodec.longestPayload else { return nil }
    let end = start + prefix + payload + JournalCodec.suffix
    guard end <= bytes.count else { return nil }
    guard number(bytes, at: end - 4, UInt32.self) == CRC32C.of(bytes[start..<end - 4]) else {
      return nil
    }
    return end
  }

  /// Whether any whole record begins behind `start`: a crash leaves none, damage does.
  private static func hasWholeFrame(_ bytes: [UInt8], after start: Int) -> Bool {
    // The damaged record itself may be whole but unchained (a record dropped before it).
    (start..<bytes.count).contains { offset in
      end(bytes, at: offset, prefix: JournalCodec.recordPrefix, length: 0) != nil
    }
  }

  private static func number<Value: FixedWidthInteger>(
    _ bytes: [UInt8], at offset: Int, _: Value.Type
  )
    -> Value
  {
    (0..<Value.bitWidth / 8).reduce(0) {
      $0 | Value(truncatingIfNeeded: bytes[offset + $1]) << (8 * $1)
    }
  }
}
