internal import HardenModel
internal import HardenSystem

/// Keys that close a door of the kernel for good, or for everybody.
extension SysctlRisks {
  /// File systems of fstab whose module would come too late: sysctl.d is read before they are
  /// mounted, and a boot that cannot mount one of them stops.
  func lateModules(_ host: borrowing Host) throws(SystemError) -> [String] {
    let lines = FstabFile(try host.contents("/etc/fstab") ?? []).mounts
    guard let root = lines.first(where: { $0.target == "/" })?.type else { return [] }
    // The initial ram disk has loaded what the root file system needs.
    let types = Set(lines.map(\.type)).subtracting([root, "none", "auto"])
    let modules = try loadable(types, host)
    return lines.filter { modules.contains($0.type) && !$0.options.contains("noauto") }.map {
      "\($0.target) (/etc/fstab:\($0.number)) is of type \($0.type), a module that could no longer "
        + "be loaded when the next boot mounts it"
    }
  }

  /// Those of `types` that are modules of an installed kernel.
  private func loadable(_ types: Set<String>, _ host: borrowing Host) throws(SystemError)
    -> Set<String>
  {
    var found: Set<String> = []
    for release in try host.entries("/lib/modules") {
      guard
        let bytes = try host.contents("/lib/modules/\(release)/modules.dep", limit: 16 << 20)
      else { continue }
      for line in bytes.split(separator: 0x0A) {
        let path = line.prefix { $0 != 0x3A }
        let name = path[(path.lastIndex(of: 0x2F).map { $0 + 1 } ?? path.startIndex)...]
          .prefix { $0 != 0x2E }
        let text = String(decoding: name, as: UTF8.self)
        found.formUnion(types.filter { Self.module(of: $0) == text })
      }
    }
    return found
  }

  private static func module(of type: String) -> String {
    switch type {
    case "nfs4": "nfs"
    case "smb3": "cifs"
    case "ext2", "ext3": "ext4"
    default: type
    }
  }

  /// A crash kernel that a service loads later than sysctl.d is read.
  func crashKernel(_ host: borrowing Host) throws(SystemError) -> [String] {
    let units = ["kdump.service", "kdump-tools.service"]
    var found: [String] = []
    let loaded = "/sys/kernel/kexec_crash_loaded"
    if try host.text(loaded)?.first == "1" {
      found.append("a crash kernel is loaded (\(loaded)), and none could be after the next boot")
    }
    for unit in units {
      for folder in ["/etc/systemd/system", "/usr/lib/systemd/system"] {
        let wanted = "\(folder)/multi-user.target.wants/\(unit)"
        if try host.inode(wanted) != nil {
          found.append("\(unit) loads a crash kernel at each boot (\(wanted)) and no longer could")
          break
        }
      }
    }
    return found
  }

  /// Processes that another one traces.
  func tracing(_ host: borrowing Host) -> [String] {
    let processes = host.processes()
    return processes.compactMap { process in
      guard let tracer = host.tracer(of: process) else { return nil }
      let name = processes.first { $0.pid == tracer }?.description ?? "process \(tracer)"
      return "\(name) traces \(process); nobody could any more, and only the next boot takes 3 back"
    }
  }

  /// What works by user namespaces.
  func userNamespaces(_ host: borrowing Host) throws(SystemError) -> [String] {
    var found: [String] = []
    let inside = host.processesInOtherUserNamespaces()
    if let process = inside.first {
      let more = inside.count > 1 ? " and \(inside.count - 1) more" : ""
      found.append("\(process)\(more) runs in a user namespace, and could not be started again")
    }
    for (index, line) in (try host.text("/etc/subuid") ?? "").split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      guard line.first != "#", let name = line.split(separator: ":").first else { continue }
      found.append("\(name) may run containers without root (/etc/subuid:\(index + 1))")
    }
    for path in ["/usr/bin/bwrap", "/usr/bin/podman", "/usr/bin/flatpak"] {
      if let mode = try host.inode(path)?.mode, mode.bits & 0o4000 == 0 {
        found.append("\(path) works by user namespaces")
      }
    }
    return found
  }
}
