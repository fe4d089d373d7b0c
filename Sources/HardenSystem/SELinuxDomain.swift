internal import Glibc
internal import HardenModel

extension Host {
  /// Whether the running policy lets the type `domain` do what it denies; nil where there is no
  /// SELinux, or no such type in its policy.
  package func selinux(permissive domain: String) throws(SystemError) -> SELinuxState? {
    guard isLive else { return nil }
    memory.note(.selinux)
    if let isOn = planned.domains[domain] { return SELinuxState(isOn: isOn, pending: isOn) }
    let policy = try once("running policy") { host throws(SystemError) -> SELinuxPolicy? in
      try host.contents(Self.runningPolicy, limit: Self.contentLimit).flatMap(SELinuxPolicy.init)
    }
    return policy?.isPermissive(domain).map { SELinuxState(isOn: $0, pending: $0) }
  }

  /// Where the kernel shows the policy that it has loaded.
  fileprivate static let runningPolicy = "/sys/fs/selinux/policy"
}

extension WritableHost {
  /// Makes the type `domain` of the running policy permissive, or not.
  ///
  /// The kernel takes whole policies only, so it is given its own again with this one bit changed.
  /// Booleans keep their values. What the installed policy has and the kernel does not stays out.
  package func setSELinux(permissive domain: String, to isOn: Bool) throws(SystemError) {
    let running = Host.runningPolicy
    guard
      let policy = try host.contents(running, limit: Host.contentLimit).flatMap(SELinuxPolicy.init),
      policy.isPermissive(domain) != nil
    else { throw SystemError(refusing: running, "it has no type \(domain)") }
    let bytes = policy.setting([SELinuxPolicy.permissive(domain): isOn])
    let path = "/sys/fs/selinux/load"
    let file = try host.root.open(path, flags: O_WRONLY)
    // In one piece: the kernel takes no more.
    try calls.make("write", path) {
      unsafe folded(Glibc.write(file.number, bytes, bytes.count))
    }
  }
}
