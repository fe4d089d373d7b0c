/// What one mount forbids or allows, whatever file system it shows.
///
/// The names are those of mount(8) and of `/proc/self/mountinfo`; the bits are those of
/// mount_setattr(2).
package enum MountFlag: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nothing can be written.
  case readOnly = "ro"
  /// Set-id bits and file capabilities do not count.
  case nosuid
  /// Device files cannot be opened.
  case nodev
  /// Nothing can be executed.
  case noexec
  /// Links are not followed.
  case nosymfollow
  /// Access times of directories are not kept.
  case nodiratime
  /// Access times are not kept.
  case noatime
  /// Access times are kept when they would be older than the content or a day.
  case relatime
  /// Every access time is kept.
  case strictatime

  /// Flags that exclude one another; every mount has one of them.
  package static let accessTimes: Set<MountFlag> = [.noatime, .relatime, .strictatime]

  /// The bit of `struct mount_attr`; zero for relatime.
  package var bit: UInt64 {
    switch self {
    case .readOnly: 0x1
    case .nosuid: 0x2
    case .nodev: 0x4
    case .noexec: 0x8
    case .nodiratime: 0x80
    case .nosymfollow: 0x20_0000
    case .relatime: 0
    case .noatime: 0x10
    case .strictatime: 0x20
    }
  }

  /// The bits that have to be cleared with it; the access times are one field.
  package var mask: UInt64 { Self.accessTimes.contains(self) ? 0x70 : bit }

  /// The word of an option list that takes it back.
  package var opposite: String {
    switch self {
    case .readOnly: "rw"
    case .nosuid: "suid"
    case .nodev: "dev"
    case .noexec: "exec"
    case .nosymfollow: "symfollow"
    case .nodiratime: "diratime"
    case .noatime: "atime"
    case .relatime: "norelatime"
    case .strictatime: "nostrictatime"
    }
  }
}

extension Set<MountFlag> {
  /// Those of `touched` that are in it, in the order of the declaration.
  package func sorted(in touched: Set<MountFlag> = Set(MountFlag.allCases)) -> [MountFlag] {
    MountFlag.allCases.filter { contains($0) && touched.contains($0) }
  }
}

extension [MountFlag] {
  /// The flags as an option list has them.
  package var text: String { isEmpty ? "none of them" : map(\.rawValue).joined(separator: ",") }
}

/// The flags that an option list of fstab(5) or of a mount unit comes to.
package enum MountOptions {
  /// The flags in force after all of `options`, in which later words override earlier ones.
  ///
  /// `defaults` overrides nothing. Of words about access times, strictatime counts before noatime
  /// and noatime before relatime, which is what the kernel does without any.
  package static func flags(_ options: [String]) -> Set<MountFlag> {
    var flags: Set<MountFlag> = []
    for option in options {
      switch option {
      case "user", "users": flags.formUnion([.nosuid, .nodev, .noexec])
      case "owner", "group": flags.formUnion([.nosuid, .nodev])
      default:
        if let flag = MountFlag(rawValue: option) {
          flags.insert(flag)
        } else if let flag = MountFlag.allCases.first(where: { $0.opposite == option }) {
          flags.remove(flag)
        }
      }
    }
    let time: MountFlag =
      flags.contains(.strictatime)
      ? .strictatime : flags.contains(.noatime) ? .noatime : .relatime
    return flags.subtracting(MountFlag.accessTimes).union([time])
  }

  /// The words of an option list.
  package static func words(_ list: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    // A comma between quotes belongs to the value, as in SELinux contexts.
    for character in list {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted {
        words.append(word)
        word = ""
      } else {
        word.append(character)
      }
    }
    return (words + [word]).filter { !$0.isEmpty }
  }
}
