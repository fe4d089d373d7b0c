internal import HardenModel

extension [Control] {
  /// The same controls, each resource told of the one of its kind before it in its playbook.
  package var inOrder: [Control] {
    var last: [Key: any ResourceKind] = [:]
    return map { control in
      var control = control
      for index in control.resources.indices {
        let resource = control.resources[index]
        let key = Key(kind: resource.address.kind, playbook: control.playbook)
        func follow(_ desired: some ResourceKind) -> any ResourceKind {
          Self.following(desired, last[key])
        }
        control.resources[index].desired = follow(resource.desired)
        last[key] = resource.desired
      }
      return control
    }
  }

  private static func following<Kind: ResourceKind>(
    _ desired: Kind, _ previous: (any ResourceKind)?
  ) -> Kind { desired.following(previous as? Kind) }

  private struct Key: Hashable {
    var kind: String
    var playbook: String
  }
}
