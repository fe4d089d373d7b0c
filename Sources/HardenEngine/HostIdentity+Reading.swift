package import HardenModel
package import HardenSystem

extension HostIdentity {
  /// Reads who `host` is from its own files and, where it runs, from the kernel.
  package init(of host: borrowing Host) throws(SystemError) {
    let line = { (text: String?) in text?.split(at: "\n").first.map(String.init) }
    let machine = line(try host.text("/etc/machine-id"))
    let release = try host.text("/etc/os-release") ?? ""
    let field = { (name: String) -> String? in
      release.split(at: "\n").first { $0.hasPrefix("\(name)=") }
        .map { String($0.dropFirst(name.count + 1)).filter { $0 != "\"" && $0 != "'" } }
    }
    self.init(
      machine: Digest(ofFields: ["harden machine", machine]),
      boot: host.isLive ? line(try host.text("/proc/sys/kernel/random/boot_id")) : nil,
      name: line(try host.text(host.isLive ? "/proc/sys/kernel/hostname" : "/etc/hostname"))
        ?? "unnamed",
      system: [field("ID") ?? "linux", field("VERSION_ID")].compactMap(\.self).joined(
        separator: " "),
      kernel: host.isLive ? line(try host.text("/proc/sys/kernel/osrelease")) : nil,
      root: host.rootPath)
  }
}
