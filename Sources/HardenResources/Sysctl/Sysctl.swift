package import HardenCore
package import HardenModel
internal import HardenSystem

/// A kernel parameter: its live value, harden's own drop-in, and what the next boot produces.
package struct Sysctl: ResourceKind {
  /// The key, which may be a pattern.
  package var key: SysctlKey
  /// What it should hold.
  package var wanted: SysctlWanted
  /// Whether a kernel without the key is accepted.
  package var isMissingAllowed: Bool
  /// False where only the running kernel counts; nil otherwise, so that plans are written as ever.
  package var isPersistent: Bool?

  /// `key` holding what `wanted` accepts.
  package init(
    _ key: SysctlKey, _ wanted: SysctlWanted, isMissingAllowed: Bool = true,
    isPersistent: Bool? = nil
  ) {
    self.key = key
    self.wanted = wanted
    self.isMissingAllowed = isMissingAllowed
    self.isPersistent = isPersistent
  }

  package var address: Address { Address(kind: "sysctl", name: key.name) }

  private static let key = Field<OneOrMany<SysctlKeyName>>(
    "key", "the parameter or a list of them; `*` stands for a part of one component")
  private static let value = Field<SysctlWanted>(
    "value",
    "what it holds: a value, {any: [...], set: V}, {at_least: N}, {at_most: N} or {not: V, set: V}")
  private static let set = Field<SysctlSettings>(
    "set", "several keys with their values, instead of key and value")
  private static let persist = Field<Bool>(
    "persist", "false: only the running kernel is compared and written; true without it")

  package static func read(_ fields: inout Fields) -> [Sysctl] {
    let (names, value, settings) = (fields.read(key), fields.read(value), fields.read(set))
    let isMissingAllowed = fields.isMissingAllowed(usual: .skip)
    let isPersistent = fields.read(persist) == false ? false : nil
    let isPair = fields.has(key) || fields.has(self.value)
    if isPair == fields.has(set) {
      let message =
        isPair ? "sysctl has set and also key or value" : "sysctl needs key and value, or set"
      fields.reading.report(
        Diagnostic(isPair ? .wrongValue : .missingKey, message, at: fields.range))
    } else if isPair, !fields.has(key) || !fields.has(self.value) {
      let missing = fields.has(key) ? "value" : "key"
      fields.reading.report(Diagnostic(.missingKey, "sysctl needs '\(missing)'", at: fields.range))
    }
    if let settings {
      return settings.pairs.map {
        Sysctl(
          $0.name.key, $0.wanted, isMissingAllowed: isMissingAllowed, isPersistent: isPersistent)
      }
    }
    guard let names, let value else { return [] }
    return names.values.map {
      Sysctl($0.value.key, value, isMissingAllowed: isMissingAllowed, isPersistent: isPersistent)
    }
  }

  package static let manual = Manual(
    kind: "sysctl",
    summary: "A kernel parameter holds a value now and after the next boot.",
    details: """
      harden writes the running kernel and one file of its own, /etc/sysctl.d/99-zz-harden.conf. It
      computes what the next boot will produce from every sysctl.d directory, /etc/sysctl.conf and
      ufw's file. A later line below /etc that says something else is commented out; such a line
      elsewhere is refused, with its file and number.

      What sets a key again once it has started cannot be outdone by any file: tuned where its
      reapply_sysctl is off, docker (forwarding, bridged packets) and NetworkManager (disable_ipv6,
      accept_ra and use_tempaddr of its connections). Where the next boot starts one of them and it
      would set something else, the plan says so, with its file and line and what keeps it from that.
      It is a warning and stops nothing.

      Where only a bound is given (at_least, at_most), a value within it is kept and the bound is
      written otherwise. A pattern such as net.ipv4.conf.*.accept_redirects reaches all, default and
      every interface that is present, since `all` alone does not change interfaces.

      With `persist: false` nothing but the running kernel is compared and written: the value is gone
      after the next boot unless something else sets it.

      A parameter that the kernel does not have is not applicable unless `if_missing: refuse` insists.
      Keys that can only be written or only be read are refused. A value with more or fewer numbers
      than the key holds is refused, because the kernel would take it in part without saying so.

      Some values break what runs on a host. harden looks for it first and names what it finds:
      file systems, services, network cards and desktops whose modules a boot loads too late
      (kernel.modules_disabled; those that modules-load.d names are in time), a crash kernel
      (kernel.kexec_load_disabled), processes that are traced (kernel.yama.ptrace_scope=3) or live in
      user namespaces, what is behind a host that forwards, connections and addresses of IPv6, and
      several default routes, rules of routing or private networks where reverse paths are strict.
      Such a change wants `--accept-risk CONTROL`.
      """,
    fields: [key.spec, value.spec, set.spec, persist.spec, Fields.ifMissing.spec],
    planes: "now: the running kernel; file: harden's own drop-in; boot: all sources in boot order",
    undo: """
      exact: the value before, the values that the kernel changed along, and every line. Keys that
      the kernel locks (kernel.modules_disabled and the like) stay until the next boot; disable_ipv6
      does not bring addresses back.
      """,
    example: """
      sysctl: {set: {kernel.dmesg_restrict: 1, kernel.kptr_restrict: {any: [1, 2], set: 2}}}
      """)
}
