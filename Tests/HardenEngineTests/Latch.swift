import HardenCore
import HardenModel
import HardenSystem

@testable import HardenEngine

/// A kind for the engine's tests: `/etc/latch` says what holds after the next boot, `/run/latch` what
/// holds now, and `/run/busy` is somebody who would suffer.
struct Latch: ResourceKind {
  static let manual = Manual(
    kind: "latch", summary: "A latch.", details: "", fields: [], planes: "", undo: "", example: "")

  var address: Address { Address(kind: "latch", name: "/etc/latch") }

  static func read(_ fields: inout Fields) -> [Latch] { [Latch()] }

  func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation {
    func text(_ path: String) throws(SystemError) -> String {
      try host.text(path) ?? ""
    }
    let (now, file) = (try text("/run/latch"), try text("/etc/latch"))
    let busy = try text("/run/busy")
    return Observation(
      planes: [
        PlaneState(.now, observed: now, wanted: "on", holds: now == "on", awaits: .reboot),
        PlaneState(.file, observed: file, wanted: "on", holds: file == "on"),
      ],
      steps: file == "on"
        ? []
        : [
          .editFile(
            EditFile(
              path: "/etc/latch", format: .lines,
              edits: [UnitEdit(address, unit: "on", before: "off", after: "on")]))
        ], risks: busy.isEmpty ? [] : ["\(busy) holds the latch"])
  }

  static func control(_ id: String = "l") -> Control {
    let at = SourceRange(file: "p.yaml", line: 1, column: 1)
    return Control(
      id: id, playbook: "p",
      resources: [Resource(Latch(), owner: Owner(playbook: "p", control: id), at: at)], at: at)
  }
}
