internal import HardenModel
internal import HardenSystem

/// Keys that close a door of the kernel for good, or for everybody.
extension SysctlRisks {
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
      at: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      guard line.first != "#", let name = line.split(at: ":").first else { continue }
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
