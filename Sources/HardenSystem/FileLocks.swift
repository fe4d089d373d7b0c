internal import HardenModel
internal import CHarden
internal import Glibc

/// How a program locks a file.
package enum FileLock: Sendable {
  /// By `fcntl`, as dpkg and rpm do.
  case record
  /// By `flock`, as dnf and Chef do.
  case whole
}

/// Who holds locks on files.
extension Host {
  /// The process that holds a `lock` on `path`; nil when nobody does, or where nobody can know.
  ///
  /// The kernel answers for record locks at once; for others there is `/proc/locks`, whose reading
  /// waits for every processor.
  package func lockHolder(of path: String, _ lock: FileLock) -> Int? {
    guard isLive, let inode = (try? inode(path)).flatMap({ $0 }), inode.form == .file else {
      return nil
    }
    switch lock {
    case .record:
      guard let file = try? root.open(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY) else {
        return nil
      }
      var holder: CInt = 0
      guard unsafe charden_lock_holder(file.number, &holder) == 0, holder != 0 else { return nil }
      return Int(holder)
    case .whole: return flockHolder(of: inode.identity)
    }
  }

  private func flockHolder(of inode: Inode.Identity) -> Int? {
    guard let text = (try? text("/proc/locks")).flatMap({ $0 }) else { return nil }
    for line in text.split(at: "\n") {
      // number: class kind access pid major:minor:inode first last
      let fields = line.split(at: " ")
      guard fields.count == 8, let pid = Int(fields[4]) else { continue }
      let place = fields[5].split(at: ":")
      if place.count == 3, UInt32(place[0], radix: 16) == inode.major,
        UInt32(place[1], radix: 16) == inode.minor, UInt64(place[2]) == inode.inode
      {
        return pid
      }
    }
    return nil
  }

  /// The processes that have led to this one, nearest first.
  package func ancestors() -> [ProcessName] {
    var found: [ProcessName] = []
    var folder = "/proc/self"
    while let status = (try? text("\(folder)/status")).flatMap({ $0 }) {
      guard let parent = Self.field("PPid:", of: status).flatMap({ Int($0) }), parent > 0 else {
        break
      }
      found.append(process(parent))
      folder = "/proc/\(parent)"
    }
    return found
  }

  /// The process `pid` with its name, as far as it can be read.
  package func process(_ pid: Int) -> ProcessName {
    let name = (try? text("/proc/\(pid)/comm")).flatMap { $0 }?.split(at: "\n").first
    return ProcessName(pid: pid, name: name.map(String.init) ?? "process")
  }
}
