internal import HardenModel

/// Whether the host is a container or a virtual machine, and which.
extension Host {
  func container() throws(SystemError) -> Measured<String> {
    try live("container") { () throws(SystemError) in
      for path in ["/run/host/container-manager", "/run/systemd/container"] {
        if let kind = try text(path)?.split(at: "\n").first { return .known(String(kind)) }
      }
      if try inode("/run/.containerenv") != nil { return .known("podman") }
      if try inode("/.dockerenv") != nil { return .known("docker") }
      // Only root may read this one; who may not has the files above.
      guard let variables = try? contents("/proc/1/environ") else { return .known("none") }
      return .known(Self.container(in: variables) ?? "none")
    }
  }

  /// The kind of container that the environment of its first process tells of.
  static func container(in variables: [UInt8]) -> String? {
    let name = Array("container=".utf8)
    return variables.split(separator: 0).first { $0.starts(with: name) }
      .map { String(decoding: $0.dropFirst(name.count), as: UTF8.self) }
  }

  /// Whether the caller sees every process of its kernel: the first process namespace has a number
  /// of its own (PROC_PID_INIT_INO), and containers are given others.
  package var seesWholeKernel: Bool {
    (try? linkTarget("/proc/self/ns/pid")).flatMap { $0 } == "pid:[4026531836]"
  }

  func virtualization() throws(SystemError) -> Measured<String> {
    try live("virtualization") { () throws(SystemError) in
      if try text("/sys/hypervisor/type")?.hasPrefix("xen") == true { return .known("xen") }
      for name in ["product_name", "sys_vendor", "board_vendor", "bios_vendor"] {
        guard let text = try text("/sys/class/dmi/id/\(name)") else { continue }
        if let kind = Firmware.machines.first(where: { text.hasPrefix($0.prefix) })?.kind {
          return .known(kind)
        }
      }
      return .known(try hasHypervisorFlag() ? "vm-other" : "none")
    }
  }

  /// Processors tell guests that they are guests, also where there is no firmware to ask.
  private func hasHypervisorFlag() throws(SystemError) -> Bool {
    let bytes = try contents("/proc/cpuinfo", limit: 64 << 20) ?? []
    let flags = String(decoding: bytes, as: UTF8.self).split(at: "\n")
      .first { $0.hasPrefix("flags") }
    return flags?.split(at: " ").contains("hypervisor") ?? false
  }
}

/// How the firmware of virtual machines names itself.
private enum Firmware {
  /// Beginnings of DMI texts, each with the word that playbooks use.
  static let machines: [(prefix: String, kind: String)] = [
    ("KVM", "kvm"), ("OpenStack", "kvm"), ("KubeVirt", "kvm"), ("Amazon EC2", "amazon"),
    ("QEMU", "qemu"), ("VMware", "vmware"), ("VMW", "vmware"), ("innotek GmbH", "oracle"),
    ("VirtualBox", "oracle"), ("Xen", "xen"), ("Bochs", "bochs"), ("Parallels", "parallels"),
    ("BHYVE", "bhyve"), ("Hyper-V", "microsoft"), ("Virtual Machine", "microsoft"),
    ("Google Compute Engine", "google"), ("Apple Virtualization", "apple"),
  ]
}
