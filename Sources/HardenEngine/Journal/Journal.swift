internal import HardenModel
internal import HardenSystem

/// A journal that is being written.
///
/// Records are appended at once and made durable by ``sync()``.
///
/// The first failure is remembered: nothing is appended after it, because a torn tail must stay the
/// tail.
struct Journal: ~Copyable {
  let file: DurableFile
  private var chain: Digest
  private var sequence: UInt64
  /// The digest and length of everything written, for the run's result.
  private(set) var written: [UInt8]
  private(set) var failure: SystemError?

  /// Begins a journal in the empty `file`.
  init(_ file: consuming DurableFile, header: JournalCodec.Header) throws {
    let (bytes, chain) = try JournalCodec.encode(header)
    try file.append(bytes)
    self.file = file
    self.chain = chain
    sequence = 0
    written = bytes
  }

  /// Goes on with a journal whose whole part was read before and is all that `file` holds.
  init(_ file: consuming DurableFile, continuing reading: JournalReading, bytes: [UInt8]) {
    self.file = file
    chain = reading.chain
    sequence = reading.sequence
    written = Array(bytes.prefix(reading.length))
  }

  /// Appends `record`.
  mutating func append(_ record: JournalRecord) throws(SystemError) {
    if let failure { throw failure }
    do {
      let (bytes, chain) = try JournalCodec.encode(record, sequence: sequence, after: chain)
      try file.append(bytes)
      self.chain = chain
      sequence += 1
      written += bytes
    } catch {
      let failure = error as? SystemError ?? SystemError(refusing: "journal", "\(error)")
      self.failure = failure
      throw failure
    }
  }

  /// Waits until everything appended is on the disk.
  mutating func sync() throws(SystemError) {
    if let failure { throw failure }
    do throws(SystemError) { try file.sync() } catch {
      failure = error
      throw error
    }
  }
}
