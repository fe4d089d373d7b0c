package import HardenCore
package import HardenModel

/// The mode of SELinux, one boolean of its policy or one permissive domain, now and after the next
/// boot.
package struct SELinux: ResourceKind {
  /// The boolean; nil is the mode, unless a domain is named.
  package var boolean: String?
  /// The type of processes that is permissive while it is on.
  package var domain: String?
  /// Whether the boolean is on, the domain permissive, or the mode enforcing.
  package var isOn: Bool

  /// `boolean` on or off, or with nil the mode enforcing or permissive.
  package init(_ boolean: String?, isOn: Bool) {
    self.boolean = boolean
    self.isOn = isOn
  }

  /// `domain` permissive or not.
  package init(permissive domain: String, isOn: Bool) {
    self.domain = domain
    self.isOn = isOn
  }

  package var address: Address {
    Address(kind: "selinux", name: domain.map { "permissive/\($0)" } ?? boolean ?? "mode")
  }

  private static let mode = Field<SELinuxMode>("mode", "enforcing or permissive")
  private static let booleans = Field<SELinuxSwitches>(
    "booleans", "booleans of the policy by name, each true (on) or false (off)")
  private static let permissive = Field<SELinuxSwitches>(
    "permissive", "types of processes by name, each true (permissive) or false (as the mode says)")

  package static func read(_ fields: inout Fields) -> [SELinux] {
    let (wanted, states) = (fields.read(mode), fields.read(booleans))
    let domains = fields.read(permissive)
    if !fields.has(mode), !fields.has(booleans), !fields.has(permissive) {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "selinux asks for nothing", at: fields.range,
          help: "name mode, booleans or permissive"))
    }
    return (wanted.map { [SELinux(nil, isOn: $0 == .enforcing)] } ?? [])
      + (states?.pairs.map { SELinux($0.name, isOn: $0.isOn) } ?? [])
      + (domains?.pairs.map { SELinux(permissive: $0.name, isOn: $0.isOn) } ?? [])
  }

  package static let manual = Manual(
    kind: "selinux",
    summary:
      "SELinux has this mode, its policy these booleans and permissive domains, now and later.",
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

      A permissive domain is a type of processes that may do all that its policy denies, and what was
      denied is recorded, while everything else stays enforced. NOW is the policy that the kernel has
      loaded; harden gives it the same one again with that type in, or out of, its permissive types.
      BOOT is the policy that the next boot loads, and the store: a module permissive_NAME there, the
      one that semanage permissive makes and deletes, keeps it when the policy is built anew. What
      another module makes permissive is not taken back, but refused. Taking a domain out is held back,
      until the risk is accepted, where the audit log has denials of it that permissive let pass.
      """,
    fields: [mode.spec, booleans.spec, permissive.spec],
    planes: "now: the running kernel; boot: /etc/selinux/config, or the policy and its store",
    undo: "exact: the mode, boolean or domain before, the line, and every byte of the policy",
    example: """
      selinux: {mode: enforcing, booleans: {ssh_sysadm_login: false}}
      """)
}

/// What a playbook may ask for; turning SELinux off is not among it.
enum SELinuxMode: String, Choice {
  case enforcing, permissive
}

/// Booleans, or domains, by name in the order of the playbook.
struct SELinuxSwitches: FieldValue {
  let pairs: [(name: String, isOn: Bool)]

  static func read(_ node: Node, _ reading: inout Reading) -> SELinuxSwitches? {
    guard let entries = node.entries else {
      reading.mismatch(node, expected: "a mapping of names to true or false")
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
          Diagnostic(
            .wrongValue, "'\(entry.key)' is no name that a policy has", at: entry.keyRange))
      } else if let isOn = Bool.read(entry.value, &reading) {
        pairs.append((entry.key, isOn))
      }
    }
    return pairs.count == entries.count ? SELinuxSwitches(pairs: pairs) : nil
  }

  static var shape: Shape { .mapping(.boolean) }
}
