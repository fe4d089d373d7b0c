internal import HardenCore
internal import HardenModel

/// Which controls of a baseline take part: selected, not waived, not only for people.
struct Selected {
  /// Every resource that takes part, in playbook order.
  private(set) var askers: [Convergence.Asker] = []
  /// The conditions of controls for people, by their ids.
  private(set) var manual: [String: Condition] = [:]
  /// Waivers that count no more.
  let expired: [Waiver]
  private let active: [String: Waiver]
  private let chosen: Set<String>

  init(_ controls: [Control], _ selection: Selection, waivers: [Waiver], today: String) {
    expired = waivers.filter { !$0.isActive(on: today) }
    active = Dictionary(
      waivers.filter { $0.isActive(on: today) }.map { ($0.control, $0) },
      uniquingKeysWith: { first, _ in first })
    chosen = Self.choose(controls, selection)
    for control in controls where isSelected(control) && active[control.id] == nil {
      if control.resources.isEmpty { manual[control.id] = control.condition }
      for resource in control.resources where Self.keeps(resource, of: control, selection) {
        askers.append(
          Convergence.Asker(
            resource: resource, after: control.after, condition: control.condition))
      }
    }
  }

  func isSelected(_ control: Control) -> Bool { chosen.contains(control.id) }

  func waiver(of control: Control) -> Waiver? { active[control.id] }

  /// The ids of the controls that `selection` names, with all that must come before them.
  private static func choose(_ controls: [Control], _ selection: Selection) -> Set<String> {
    let named = { (control: Control, words: [String]) in
      words.contains { word in
        control.id == word || control.tags.contains(word)
          || control.resources.contains { $0.address.description == word }
      }
    }
    var chosen = Set(
      controls.filter { selection.only.isEmpty || named($0, selection.only) }.map(\.id))
    var grew = true
    while grew {
      let needed = controls.filter { chosen.contains($0.id) }.flatMap(\.after)
      grew = !chosen.isSuperset(of: needed)
      chosen.formUnion(needed)
    }
    let left = controls.filter { control in
      selection.except.contains { control.id == $0 || control.tags.contains($0) }
    }
    return chosen.subtracting(left.map(\.id))
  }

  /// Whether a resource takes part when single addresses are named.
  private static func keeps(_ resource: Resource, of control: Control, _ selection: Selection)
    -> Bool
  {
    if selection.only.isEmpty && selection.except.isEmpty { return true }
    let address = resource.address.description
    if selection.except.contains(address) { return false }
    let wholly =
      selection.only.isEmpty
      || selection.only.contains { $0 == control.id || control.tags.contains($0) }
    let named = control.resources.contains { selection.only.contains($0.address.description) }
    return wholly || !named || selection.only.contains(address)
  }
}
