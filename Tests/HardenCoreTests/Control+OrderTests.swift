import HardenCore
import HardenModel
import HardenSystem
import Testing

@Suite struct ControlOrderTests {
  private struct Numbered: ResourceKind {
    var number: Int
    var previous: Int?
    static let manual = Manual(
      kind: "numbered", summary: "", details: "", fields: [], planes: "", undo: "", example: "")
    var address: Address { Address(kind: "numbered", name: "\(number)") }
    static func read(_ fields: inout Fields) -> [Numbered] { [] }
    func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation {
      Observation(planes: [])
    }
    func following(_ previous: Numbered?) -> Numbered {
      Numbered(number: number, previous: previous?.number)
    }
  }

  private static let place = SourceRange(file: "x", line: 1, column: 1)

  private static func control(_ id: String, _ playbook: String, _ numbers: [Int]) -> Control {
    let owner = Owner(playbook: playbook, control: id)
    return Control(
      id: id, playbook: playbook,
      resources: numbers.map { Resource(Numbered(number: $0), owner: owner, at: place) }, at: place)
  }

  @Test func `each resource hears of the one before it in its playbook`() {
    let controls = [
      Self.control("a", "one", [1, 2]), Self.control("b", "two", [3]),
      Self.control("c", "one", [4]),
    ].inOrder
    let previous = controls.flatMap(\.resources).map { ($0.desired as? Numbered)?.previous }
    #expect(previous == [nil, 1, nil, 2])
  }
}
