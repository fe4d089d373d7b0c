/// What harden tells the journal of the host: an occasion, by the message id that never changes.
package enum Notice: String, Sendable, CaseIterable {
  /// A run begins; from here on the host may differ.
  case began = "ab04ac12ad8042789fbddaad8238aefe"
  /// Everything was done and proved, or there was nothing to do.
  case done = "3dcac187d38e4228a659652cc17bd9a0"
  /// Done, and undone by itself unless it is confirmed.
  case waiting = "fd4ae44fc4d8421f9a314bab5057342f"
  /// It failed and everything was put back.
  case failed = "c264f427ea264fb3a8b4b0b60b02c4f8"
  /// What an earlier run had changed was put back.
  case rolledBack = "e4688a8bf9104a69ac1f7ab88bd9a538"
  /// It was not confirmed, and everything was put back.
  case reverted = "97640bf54f374d8bab3b27b053311deb"
  /// It had been interrupted, and is put right.
  case recovered = "9eb69385bc754780b063656df369741f"
  /// Something is neither as before nor as wanted.
  case attention = "cb160bde3178485c836db56458314a21"
  /// Something is no longer as a run had set it.
  case drifted = "fd7bf971b3c545dba717e69e70a4f3ef"

  /// The id, as `MESSAGE_ID=` takes it.
  package var id: String { rawValue }

  /// How urgent it is, as `PRIORITY=` takes it: from 0, an emergency, to 7.
  package var priority: Int {
    switch self {
    case .began, .done, .rolledBack: 5
    case .waiting, .recovered, .drifted: 4
    case .failed, .reverted: 3
    case .attention: 2
    }
  }

  /// What a run that ended so is told as.
  package init(_ ending: Report.Ending) {
    switch ending {
    case .applied, .nothingToDo: self = .done
    case .waiting: self = .waiting
    case .restored: self = .failed
    case .rolledBack: self = .rolledBack
    case .reverted: self = .reverted
    case .recovered: self = .recovered
    case .incomplete, .conflicts: self = .attention
    }
  }
}
