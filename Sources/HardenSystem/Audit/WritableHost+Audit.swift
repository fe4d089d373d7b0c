internal import Glibc
package import HardenModel
internal import SystemPackage

/// Rules and settings of the kernel's audit system are changed message by message.
extension WritableHost {
  /// Makes `moves` in order; with many deletions, processors are asked to hurry meanwhile.
  ///
  /// `expedited` is what `/sys/kernel/rcu_expedited` has to hold afterwards, whatever a run that was
  /// ended in the middle has left there; nil leaves it alone.
  package func editAuditRules(_ moves: [AuditScript.Move], deletions: Int, expedited: Int?)
    throws(SystemError)
  {
    var socket = try AuditSocket()
    let hurries = expedited == 0 && deletions > Self.fewDeletions
    if hurries { try setExpedited(1) }
    var failure: SystemError?
    do throws(SystemError) {
      for move in moves { try make(move, &socket) }
    } catch { failure = error }
    if let expedited, try host.fresh().rcuExpedited() != expedited { try setExpedited(expedited) }
    if let failure { throw failure }
  }

  /// One deletion waits some milliseconds; below this many it is not worth telling everybody.
  private static var fewDeletions: Int { 3 }

  private func make(_ move: AuditScript.Move, _ socket: inout AuditSocket) throws(SystemError) {
    let (call, message, rule): (String, AuditSocket.Message, AuditRuleData) =
      switch move {
      case .add(let rule): ("AUDIT_ADD_RULE", .add, rule)
      case .delete(let rule): ("AUDIT_DEL_RULE", .delete, rule)
      }
    try calls.make(call, rule.text) {
      do throws(SystemError) { try socket.send(message, rule.wire) } catch {
        return -Int(error.errno?.rawValue ?? EIO)
      }
      return 0
    }
  }

  private func setExpedited(_ value: Int) throws(SystemError) {
    let path = Host.expeditedPath
    let file = try host.root.open(path, flags: O_WRONLY | O_NONBLOCK)
    let bytes = Array("\(value)\n".utf8)
    try calls.make("write", path) { unsafe folded(Glibc.write(file.number, bytes, bytes.count)) }
  }

  /// Sets `values` of the audit system, each by a message of its own.
  package func setAuditStatus(_ values: [AuditStatus.Setting: UInt32]) throws(SystemError) {
    var socket = try AuditSocket()
    for (setting, value) in values.sorted(by: { $0.key.bit > $1.key.bit }) {
      var status = AuditStatus([setting.bit])
      status[setting] = value
      let payload = status.words.flatMap { word in
        (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
      }
      try calls.make("AUDIT_SET", "audit \(setting.rawValue)") {
        do throws(SystemError) { try socket.send(.set, payload) } catch {
          return -Int(error.errno?.rawValue ?? EIO)
        }
        return 0
      }
    }
  }
}
