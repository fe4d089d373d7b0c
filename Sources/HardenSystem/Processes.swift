internal import Glibc
package import HardenModel

/// A process as others would name it.
package struct ProcessName: Hashable, Sendable, CustomStringConvertible {
  /// Its number.
  package let pid: Int
  /// The first 15 bytes of its name, as the kernel keeps it.
  package let name: String

  package var description: String { "\(name) (pid \(pid))" }
}

/// What running processes use; a process that ends meanwhile, or that the caller may not look into,
/// is left out.
extension Host {
  /// Every process; none below `--root`.
  package func processes() -> [ProcessName] {
    guard isLive, let names = try? entries("/proc") else { return [] }
    return names.compactMap { Int($0) }.sorted().compactMap { pid in
      (try? text("/proc/\(pid)/comm")).flatMap { $0 }.map {
        ProcessName(pid: pid, name: $0.split(at: "\n").first.map(String.init) ?? "")
      }
    }
  }

  /// The processes that run as the user `id`; none below `--root`.
  package func processes(of id: UInt32) -> [ProcessName] {
    processes().filter { (try? inode("/proc/\($0.pid)"))??.owner == id }
  }

  /// The files on `mount` that `process` has mapped so that they can be executed, also where it
  /// sees the file system at another place.
  package func executables(of process: ProcessName, on mount: MountPoint) -> Set<String> {
    guard let bytes = try? contents("/proc/\(process.pid)/maps", limit: 16 << 20) else { return [] }
    let numbers = mount.device.split(at: ":").compactMap { Int($0) }
    var found: Set<String> = []
    for line in bytes.split(separator: 0x0A) {
      // address perms offset device inode path
      let fields = line.split(separator: 0x20, maxSplits: 5)
      guard fields.count == 6, fields[1].dropFirst(2).first == 0x78 else { continue }
      let device = String(decoding: fields[3], as: UTF8.self).split(at: ":")
      let path = fields[5].drop { $0 == 0x20 }
      guard device.compactMap({ Int($0, radix: 16) }) == numbers, path.first == 0x2F else {
        continue
      }
      found.insert(String(decoding: path, as: UTF8.self))
    }
    return found
  }

  /// The files that `process` has open for writing through `mount`.
  package func filesWritten(by process: ProcessName, on mount: MountPoint) -> Set<String> {
    let folder = "/proc/\(process.pid)"
    guard let numbers = try? entries("\(folder)/fd") else { return [] }
    var found: Set<String> = []
    for number in numbers {
      guard let info = (try? text("\(folder)/fdinfo/\(number)")).flatMap({ $0 }),
        let flags = Self.field("flags:", of: info).flatMap({ Int($0, radix: 8) }), flags & 3 != 0,
        Self.field("mnt_id:", of: info).flatMap({ Int($0) }) == mount.id,
        let path = (try? linkTarget("\(folder)/fd/\(number)")).flatMap({ $0 }), path.first == "/"
      else { continue }
      found.insert(path)
    }
    return found
  }

  /// What stands behind `name` in a table of the kernel, without blanks.
  static func field(_ name: String, of text: String) -> String? {
    text.split(at: "\n").first { $0.hasPrefix(name) }.map {
      $0.dropFirst(name.count).filter { $0 != "\t" && $0 != " " }
    }
  }

  /// The flags of what `process` sees mounted at `path`; nil where it sees nothing there.
  package func mountFlags(at path: String, seenBy process: ProcessName) -> Set<MountFlag>? {
    mounts(seenBy: process).last { $0.path == path }?.flags
  }

  /// Every mount that `process` sees, by the paths that it sees.
  package func mounts(seenBy process: ProcessName) -> [MountPoint] {
    let text = (try? text("/proc/\(process.pid)/mountinfo")).flatMap { $0 } ?? ""
    return text.split(at: "\n").compactMap { MountPoint(line: $0) }
  }

  /// What tells mount namespaces apart.
  package func mountNamespace(of pid: Int) -> String? {
    (try? linkTarget("/proc/\(pid)/ns/mnt")).flatMap { $0 }
  }

  /// One process of each set of mounts, with what tells that set apart; looked for once.
  package func mountNamespaces() throws(SystemError) -> [(process: ProcessName, space: String)] {
    try once("mount namespaces") { host throws(SystemError) in
      var seen: Set<String> = []
      return host.processes().compactMap { process in
        guard let space = host.mountNamespace(of: process.pid), seen.insert(space).inserted else {
          return nil
        }
        return (process, space)
      }
    }
  }

  /// What tells this process's own apart.
  package var ownMountNamespace: String? { (try? linkTarget("/proc/self/ns/mnt")).flatMap { $0 } }

  /// The processes in another user namespace than the caller's, as far as the caller may look.
  package func processesInOtherUserNamespaces() -> [ProcessName] {
    guard let own = userNamespace(of: "self") else { return [] }
    return processes().filter { userNamespace(of: "\($0.pid)").map { $0 != own } ?? false }
  }

  private func userNamespace(of process: String) -> String? {
    (try? linkTarget("/proc/\(process)/ns/user")).flatMap { $0 }
  }

  /// The process that traces `process`; nil when none does.
  package func tracer(of process: ProcessName) -> Int? {
    (try? text("/proc/\(process.pid)/status")).flatMap { $0 }
      .flatMap { Self.field("TracerPid:", of: $0) }.flatMap { Int($0) }
      .flatMap { $0 == 0 ? nil : $0 }
  }

  /// The command line of `process`; empty for threads of the kernel.
  package func arguments(of process: ProcessName) -> [String] {
    let bytes = (try? contents("/proc/\(process.pid)/cmdline")).flatMap { $0 } ?? []
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// When `process` began, in seconds since 1970 and perhaps one of them off.
  package func start(of process: ProcessName) -> Int64? {
    // Its name, in parentheses, may hold anything.
    guard
      let fields = (try? text("/proc/\(process.pid)/stat")).flatMap({ $0 })?
        .split(at: ")").last?.split(at: " "), fields.count > 19,
      let ticks = Int64(fields[19]),
      let uptime = (try? text("/proc/uptime")).flatMap({ $0 })?.split(at: ".").first,
      let now = Int64(uptime)
    else { return nil }
    return CurrentProcess.time - (now - ticks / Int64(sysconf(CInt(_SC_CLK_TCK))))
  }

  /// The systemd unit that `process` belongs to, for example `cron.service`.
  package func unit(of process: ProcessName) -> String? {
    (try? text("/proc/\(process.pid)/cgroup")).flatMap { $0 }?.split(at: "\n").last?
      .split(at: "/").last { $0.hasSuffix(".service") || $0.hasSuffix(".scope") }
      .map(String.init)
  }

  /// The program that runs this very process.
  package var ownProgram: String? { (try? linkTarget("/proc/self/exe")).flatMap { $0 } }
}
