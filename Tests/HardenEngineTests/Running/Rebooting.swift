import Foundation
import HardenModel
import Testing

@testable import HardenEngine

extension Engine {
  /// Rewrites the journal of run 1 as one that was written in an earlier boot, so that the boot of
  /// this machine is one more.
  ///
  /// `onReboot` replaces what the run was begun with: where no systemd runs, none can be begun so.
  func startAgain(after boot: String, onReboot: OnReboot? = nil) throws {
    let reading = try store().journal(of: 1)
    var header = try #require(reading.header)
    header.boot = boot
    var (bytes, chain) = try JournalCodec.encode(header)
    for (index, record) in reading.records.enumerated() {
      var record = record
      switch record {
      case .begin(var begin):
        begin.confirm?.boot = boot
        if let onReboot { begin.confirm?.onReboot = onReboot }
        record = .begin(begin)
      case .rebooted(var rebooted):
        rebooted.terms.boot = boot
        record = .rebooted(rebooted)
      default: break
      }
      let next = try JournalCodec.encode(record, sequence: UInt64(index), after: chain)
      bytes += next.bytes
      chain = next.chain
    }
    // Whoever reads it meanwhile sees it whole.
    let file = URL(filePath: "\(statePath)/runs/1/journal")
    try Data(bytes).write(to: file, options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path())
  }
}
