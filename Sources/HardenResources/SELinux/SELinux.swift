package import HardenCore
package import HardenModel

/// The mode of SELinux, or one boolean of its policy, now and after the next boot.
package struct SELinux: ResourceKind {
  /// The boolean; nil is the mode.
  package var boolean: String?
  /// Whether the boolean is on, or the mode enforcing.
  package var isOn: Bool

  /// `boolean` on or off, or with nil the mode enforcing or permissive.
  package init(_ boolean: String?, isOn: Bool) {
    self.boolean = boolean
    self.isOn = isOn
  }

  package var address: Address { Address(kind: "selinux", name: boolean ?? "mode") }

  private static let mode = Field<SELinuxMode>("mode", "enforcing or permissive")
  private static let booleans = Field<SELinuxBooleans>(
    "booleans", "booleans of the policy by name, each true (on) or false (off)")

  package static func read(_ fields: inout Fields) -> [SELinux] {
    let (wanted, states) = (fields.read(mode), fields.read(booleans))
    if !fields.has(mode), !fields.has(booleans) {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "selinux asks for nothing", at: fields.range, help: "name mode or booleans"))
    }
    return (wanted.map { [SELinux(nil, isOn: $0 == .enforcing)] } ?? [])
      + (states?.pairs.map { SELinux($0.name, isOn: $0.isOn) } ?? [])
  }

  package static let manual = Manual(
    kind: "selinux",
    summary: "SELinux has this mode and its policy these booleans, now and after the next boot.",
    details: """
      NOW is what the running kernel says. BOOT, for the mode, is the line of /etc/selinux/config;
      a kernel command line that says otherwise is refused, because it wins. BOOT, for a boolean, is
      the policy that the next boot loads: harden sets the boolean in that binary policy, with the
      conditions that depend on it, and in the store of semanage, so that later changes of the policy
      keep it. No program runs and no other byte changes.

      A host on which SELinux is off goes to enforcing in stages. Files that were made without it have
      no labels, and a host that enforces without labels may not boot. So the first apply asks for
      permissive and for a relabel (/.autorelabel), and the control is pending; after that boot
      another apply turns enforcing on. Enforcing is also held back, until the risk is accepted, where
      files without labels are found or the audit log has denials that permissive let pass.

      A kernel that was started without SELinux is prepared in the same way, and the plan says what its
      boot loader has to say (security=selinux selinux=1). Where no policy is installed either, the
      resource is not applicable. A boolean that the policy does not have is refused.
      """,
    fields: [mode.spec, booleans.spec],
    planes: "now: the running kernel; boot: /etc/selinux/config, or the policy and its store",
    undo: "exact: the mode or boolean before, the line, and every byte of the policy",
    example: """
      selinux: {mode: enforcing, booleans: {ssh_sysadm_login: false}}
      """)
}

/// What a playbook may ask for; turning SELinux off is not among it.
enum SELinuxMode: String, Choice {
  case enforcing, permissive
}

/// Booleans by name, in the order of the playbook.
struct SELinuxBooleans: FieldValue {
  let pairs: [(name: String, isOn: Bool)]

  static func read(_ node: Node, _ reading: inout Reading) -> SELinuxBooleans? {
    guard let entries = node.entries else {
      reading.mismatch(node, expected: "a mapping of booleans to true or false")
      return nil
    }
    var pairs: [(name: String, isOn: Bool)] = []
    for entry in entries {
      let isName = entry.key.utf8.allSatisfy { byte in
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (0x30...0x39).contains(byte)
          || byte == 0x5F
      }
      if !isName || entry.key.isEmpty {
        reading.report(
          Diagnostic(.wrongValue, "'\(entry.key)' is no name of a boolean", at: entry.keyRange))
      } else if let isOn = Bool.read(entry.value, &reading) {
        pairs.append((entry.key, isOn))
      }
    }
    return pairs.count == entries.count ? SELinuxBooleans(pairs: pairs) : nil
  }

  static var shape: Shape { .mapping(.boolean) }
}
