internal import FoundationEssentials
package import HardenModel
internal import HardenSystem

/// The bytes of a journal.
///
/// A header, then records. Each record ends with a SHA-256 over the record before it and itself, so
/// nothing can be dropped, swapped or spliced in; and with a CRC, so that a record torn by a power
/// cut is seen as one. The chain proves integrity, not authorship: root can write anything.
///
///     header: magic 8 · major u16 · minor u16 · length u32 · JSON · SHA-256 32 · CRC32C u32
///     record: length u32 · tag u16 · zero u16 · sequence u64 · JSON · SHA-256 32 · CRC32C u32
///
/// Numbers are little-endian.
package enum JournalCodec {
  static let magic = Array("HRDNJNL\n".utf8)
  static let major: UInt16 = 1
  static let minor: UInt16 = 0
  static let headerPrefix = 16
  static let recordPrefix = 16
  static let suffix = 36
  /// No record is longer; a larger length is damage.
  static let longestPayload = 16 << 20

  /// What the header says of the run's host.
  package struct Header: Hashable, Sendable, Codable {
    /// The version of harden that wrote it.
    package var tool: String
    /// As in ``HostIdentity``.
    package var machine: Digest
    /// The boot during which it was begun.
    package var boot: String?
  }

  static func encode(_ header: Header) throws -> (bytes: [UInt8], chain: Digest) {
    let payload = try json(header)
    return seal(
      magic + littleEndian(major) + littleEndian(minor) + littleEndian(UInt32(payload.count))
        + payload, after: .zero)
  }

  static func encode(_ record: JournalRecord, sequence: UInt64, after chain: Digest) throws
    -> (bytes: [UInt8], chain: Digest)
  {
    let payload = try self.payload(of: record)
    return seal(
      littleEndian(UInt32(payload.count)) + littleEndian(tag(of: record)) + [0, 0]
        + littleEndian(sequence) + payload, after: chain)
  }

  private static func seal(_ body: [UInt8], after chain: Digest) -> (bytes: [UInt8], chain: Digest)
  {
    let digest = Digest(of: chain.bytes + body)
    let bytes = body + digest.bytes
    return (bytes + littleEndian(CRC32C.of(bytes)), digest)
  }

  static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<(type(of: value).bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  // MARK: Payloads

  private static func tag(of record: JournalRecord) -> UInt16 {
    switch record {
    case .begin: 1
    case .intent: 2
    case .done: 3
    case .failed: 4
    case .undone: 5
    case .end: 6
    case .probed: 0x8001
    case .waits: 0x8002
    case .extended: 0x8003
    case .confirming: 0x8004
    case .rebooted: 0x8005
    }
  }

  private static func payload(of record: JournalRecord) throws -> [UInt8] {
    switch record {
    case .begin(let value): try json(value)
    case .intent(let value): try json(value)
    case .done(let value): try json(value)
    case .failed(let value): try json(value)
    case .undone(let value): try json(value)
    case .end(let value): try json(value)
    case .probed(let value): try json(value)
    case .waits(let value): try json(value)
    case .extended(let value): try json(value)
    case .confirming(let value): try json(value)
    case .rebooted(let value): try json(value)
    }
  }

  /// The record of `tag`; nil when it may be skipped.
  static func record(tag: UInt16, payload: [UInt8]) throws -> JournalRecord? {
    guard (1...6).contains(tag) || tag >= JournalRecord.firstSkippable else {
      throw JournalDamage.unknownRecord(tag)
    }
    return switch tag {
    case 1: .begin(try value(payload))
    case 2: .intent(try value(payload))
    case 3: .done(try value(payload))
    case 4: .failed(try value(payload))
    case 5: .undone(try value(payload))
    case 6: .end(try value(payload))
    case 0x8001: .probed(try value(payload))
    case 0x8002: .waits(try value(payload))
    case 0x8003: .extended(try value(payload))
    case 0x8004: .confirming(try value(payload))
    case 0x8005: .rebooted(try value(payload))
    default: nil
    }
  }

  private static func json(_ value: some Encodable) throws -> [UInt8] { try JSON.encode(value) }

  private static func value<Value: Decodable>(_ payload: [UInt8]) throws -> Value {
    try JSON.decode(payload)
  }
}

/// Why a journal cannot be believed.
package enum JournalDamage: Error, Hashable, Sendable {
  /// It is none, or of a version that this build does not know.
  case header(String)
  /// A record before the tail is damaged, at this offset.
  case record(Int)
  /// A record of a number that this build does not know.
  case unknownRecord(UInt16)
  /// A finished run's journal is not what its result says.
  case changedSinceEnd

  /// One sentence for people.
  package var sentence: String {
    switch self {
    case .header(let why): "its journal cannot be read: \(why)"
    case .record(let offset): "its journal is damaged at byte \(offset)"
    case .unknownRecord(let tag):
      "its journal has a record of kind \(tag), which needs a newer harden"
    case .changedSinceEnd: "its journal is not the one that the run ended with"
    }
  }
}
