extension Plan {
  /// The steps that the kernel does not take back before the next boot.
  ///
  /// They come when everything else is done, verified and good to the canary. What undoes a run cannot
  /// wait for that.
  package var finalSteps: Set<Int> {
    guard kind != .rollback else { return [] }
    return Set(steps.indices.filter { steps[$0].step.phase == .last })
  }

  /// The steps that wait for a confirmation: what a power cycle would not undo by itself.
  ///
  /// These are the durable halves of what also holds in the kernel, and what the kernel does not take
  /// back. A file that is nothing but a file is changed at once, since nothing else would try it.
  /// Where a reboot is to show what it comes to, only the latter wait.
  package func waitingSteps(_ onReboot: OnReboot?) -> Set<Int> {
    // A process that holds what a file says tries nothing without the file.
    var readers: Set<Address> = []
    for case (.setUnit(.reread), let addresses) in steps.map({ ($0.step, $0.addresses) }) {
      readers.formUnion(addresses)
    }
    let live = Set(
      changes.filter { $0.planes.contains { $0.plane == .now } }.map(\.address)
    ).subtracting(readers)
    return Set(
      steps.indices.filter { index in
        let planned = steps[index]
        switch planned.step.phase {
        case .last: return true
        case .durable: return onReboot != .probe && planned.addresses.allSatisfy(live.contains)
        case .first: return planned.step.reversibility >= .atBoot
        }
      })
  }
}
