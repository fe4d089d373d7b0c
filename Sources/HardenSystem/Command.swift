internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// A program to be run to its end, with nothing of harden's own environment and descriptors.
package struct Command: Sendable {
  /// The program's full path and its arguments.
  package var words: [String]
  /// Who runs it.
  package var identity: Identity
  /// Whether it may gain privileges by what it executes, as `sudo` does.
  package var gainsPrivileges: Bool
  /// After which time it is killed with everything that it has started.
  package var timeout: TimeSpan

  /// A command; see the properties.
  package init(
    _ words: [String], as identity: Identity = .root, gainsPrivileges: Bool = false,
    timeout: TimeSpan
  ) {
    self.words = words
    self.identity = identity
    self.gainsPrivileges = gainsPrivileges
    self.timeout = timeout
  }

  /// How a command ended.
  package struct Ending: Hashable, Sendable {
    /// The exit status, or 128 and the number of the signal that ended it.
    package var status: Int
    /// Whether its time was over.
    package var isTimedOut: Bool
    /// The first 16 KiB of what it printed.
    package var output: String

    /// An ending; see the properties.
    package init(status: Int, isTimedOut: Bool, output: String) {
      self.status = status
      self.isTimedOut = isTimedOut
      self.output = output
    }
  }

  /// How much of what a command prints is kept, in bytes; the rest is read and dropped.
  static let outputLimit = 16 << 10
}

/// Who a process is: numbers, as the kernel knows them.
package struct Identity: Hashable, Sendable {
  /// The user.
  package var user: UInt32
  /// The primary group.
  package var group: UInt32
  /// Every other group.
  package var groups: [UInt32]

  /// The superuser.
  package static let root = Identity(user: 0, group: 0, groups: [])

  /// An identity; see the properties.
  package init(user: UInt32, group: UInt32, groups: [UInt32]) {
    self.user = user
    self.group = group
    self.groups = groups
  }
}

extension WritableHost {
  /// Runs `command` to its end; nothing that it has started is left when this returns.
  ///
  /// The corresponding system calls are `fork` and `execve`.
  package func run(_ command: Command) throws(SystemError) -> Command.Ending {
    let program = command.words.first ?? ""
    let words = Self.terminated(command.words)
    var ending = charden_ending()
    var output = [CChar](repeating: 0, count: Command.outputLimit)
    let length = try calls.make("execve", program) {
      unsafe words.withUnsafeBufferPointer { words in
        unsafe command.identity.groups.withUnsafeBufferPointer { groups in
          var order = unsafe charden_command(
            words: words.baseAddress, count: UInt32(command.words.count),
            user: command.identity.user, group: command.identity.group,
            groups: groups.baseAddress, group_count: UInt32(groups.count),
            gains: command.gainsPrivileges ? 1 : 0,
            milliseconds: CInt(command.timeout.seconds * 1000))
          return unsafe Int(charden_run(&order, &output, output.count, &ending))
        }
      }
    }
    return Command.Ending(
      status: Int(ending.status), isTimedOut: ending.timed_out != 0,
      output: String(decoding: output.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  /// `words` as C has them, one after the other.
  static func terminated(_ words: [String]) -> [CChar] {
    words.flatMap { $0.utf8.map { CChar(bitPattern: $0) } + [0] }
  }
}

extension Host {
  /// Who `user` is by the host's own account files; nil when no row names it.
  package func identity(of user: String) throws(SystemError) -> Identity? {
    let rows = { (text: String) in
      text.split(at: "\n").map {
        $0.split(at: ":", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let accounts = rows(try text("/etc/passwd") ?? "")
    guard
      let row = accounts.first(where: { $0.count > 3 && ($0[0] == user || $0[2] == user) }),
      let number = UInt32(row[2]), let group = UInt32(row[3])
    else { return nil }
    let groups = rows(try text("/etc/group") ?? "").compactMap { fields -> UInt32? in
      guard fields.count > 3, fields[3].split(at: ",").contains(row[0][...]) else {
        return nil
      }
      return UInt32(fields[2])
    }
    return Identity(user: number, group: group, groups: groups)
  }
}
