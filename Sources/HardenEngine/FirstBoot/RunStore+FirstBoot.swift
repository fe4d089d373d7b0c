internal import HardenModel
internal import HardenSystem

/// `first-boot/<run>`: a file for each run that left something to the first boot of its image. The
/// directory is empty once all of it is done, and its unit looks at nothing else.
extension RunStore {
  private static var folder: String { "first-boot" }

  /// The runs that have left something, oldest first.
  package func leftToFirstBoot() throws(Failure) -> [Int] {
    do throws(SystemError) {
      return try state.namesIfPresent(Self.folder).compactMap { Int($0) }.sorted()
    } catch { throw .system(error) }
  }

  /// Writes down, durably, that `run` has left something.
  func leaveToFirstBoot(_ run: Int, accepted: [String]) throws(SystemError) {
    let bytes: [UInt8]
    do { bytes = try JSON.encode(FirstBootRecord(accepted: accepted)) } catch {
      throw SystemError(refusing: "\(Self.folder)/\(run)", "\(error)")
    }
    try state.makeDirectory(Self.folder)
    try state.store(bytes + [0x0A], as: "\(Self.folder)/\(run)")
  }

  /// What was accepted by name when `run` changed the image.
  func acceptedForFirstBoot(_ run: Int) throws(Failure) -> [String] {
    let name = "\(Self.folder)/\(run)"
    do throws(SystemError) {
      guard let bytes = try state.contents(name) else { return [] }
      do { return (try JSON.decode(bytes) as FirstBootRecord).accepted } catch {
        throw SystemError(refusing: "\(state.path)/\(name)", "it cannot be understood")
      }
    } catch { throw .system(error) }
  }

  /// Takes the records away: everything is done.
  package func completeFirstBoot() throws(Failure) {
    for run in try leftToFirstBoot() {
      do throws(SystemError) { try state.remove("\(Self.folder)/\(run)") } catch {
        throw .journal(error)
      }
    }
  }
}

/// What is kept of a run besides its plan.
private struct FirstBootRecord: Codable {
  var accepted: [String]
}
