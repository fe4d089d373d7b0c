/// The whole vocabulary of change: plain values, each with one actuator that performs and undoes it.
///
/// A step names both sides, what must be there before and what will be there after, so the same
/// words describe an apply, its preview and its undoing. Adding a case stops the build at every
/// place that must answer.
package enum Step: Hashable, Sendable {
  /// Write one kernel parameter.
  case setSysctl(SetSysctl)
  /// Change units (lines, entries) inside a file that is not ours as a whole.
  case editFile(EditFile)
  /// Create, replace or remove a file, directory or link as a whole.
  case writeFile(WriteFile)
  /// Change owner, mode, extended attributes or flags of an existing inode.
  case setAttributes(SetAttributes)
  /// Change flags of one mount.
  case setMountAttributes(SetMountAttributes)
  /// Mount a directory onto itself, or take that away.
  case bindMount(BindMount)
  /// Load a kernel module, or take it out.
  case loadModule(LoadModule)
  /// Start, stop or restart a unit of systemd, or make it read its unit files.
  case setUnit(SetUnit)
  /// Turn SELinux's enforcement, one of its booleans or one permissive domain, on or off.
  case setSELinux(SetSELinux)
  /// Make, change or remove one account.
  case editAccount(EditAccount)
  /// Put rows of the account files back.
  case editRows(EditRows)
  /// Load, unload or move rules of the audit system.
  case editAuditRules(EditAuditRules)
  /// Write what loads audit rules at boot.
  case compileAuditRules(CompileAuditRules)
  /// Set numbers of the audit system.
  case setAuditStatus(SetAuditStatus)
}

/// Writing `after` to one key below `/proc/sys`.
package struct SetSysctl: Hashable, Sendable, Codable {
  /// The key as a path below `/proc/sys`, for example `net/ipv4/ip_forward`.
  package var key: SysctlKey
  /// What the key must hold before, as read.
  package var before: String
  /// What is written.
  package var after: String
  /// Other keys that the kernel is known to change along.
  package var effects: [Effect]
  /// Other keys that must hold their `after` once the key is written; only undoing uses it.
  package var keeps: [Effect]
  /// Whether the kernel refuses to go back before the next boot.
  package var oneWay: Bool

  /// A key that changes because another one was written.
  package struct Effect: Hashable, Sendable, Codable {
    /// The key that changes.
    package var key: SysctlKey
    /// What it holds before.
    package var before: String
    /// What it will hold.
    package var after: String

    /// `key` going from `before` to `after`.
    package init(_ key: SysctlKey, before: String, after: String) {
      self.key = key
      self.before = before
      self.after = after
    }
  }

  /// Writing `after` over `before`.
  package init(
    _ key: SysctlKey, before: String, after: String, effects: [Effect] = [],
    keeps: [Effect] = [], oneWay: Bool = false
  ) {
    self.key = key
    self.before = before
    self.after = after
    self.effects = effects
    self.keeps = keeps
    self.oneWay = oneWay
  }
}

/// Changing units inside one file and no other byte of it.
package struct EditFile: Hashable, Sendable, Codable {
  /// The file, absolute below the root.
  package var path: String
  /// How units are found in it.
  package var format: FileFormat
  /// The units to change.
  package var edits: [UnitEdit]
  /// What the file gets when it does not exist yet; nil refuses to create it.
  package var creation: Attributes?
  /// Who has to find the file in order before it is put in place; nil asks nobody.
  package var check: ConfigurationCheck?

  /// `edits` in the file at `path`.
  package init(
    path: String, format: FileFormat, edits: [UnitEdit], creation: Attributes? = nil,
    check: ConfigurationCheck? = nil
  ) {
    self.path = path
    self.format = format
    self.edits = edits
    self.creation = creation
    self.check = check
  }
}

/// One unit of a file: the smallest thing in it that is ours.
package struct UnitEdit: Hashable, Sendable, Codable {
  /// The resource that the unit belongs to.
  package var address: Address
  /// The unit's name within the file's format.
  package var unit: String
  /// Its text before; nil when it is not there.
  package var before: String?
  /// Its text after; nil when it is to go.
  package var after: String?
  /// The unit that it has to stand behind, in files whose order counts.
  package var behind: String?

  /// `unit` going from `before` to `after` for `address`.
  package init(
    _ address: Address, unit: String, before: String?, after: String?, behind: String? = nil
  ) {
    self.behind = behind
    self.address = address
    self.unit = unit
    self.before = before
    self.after = after
  }
}

/// How units are found and placed in a file.
package enum FileFormat: String, Hashable, Sendable, Codable {
  /// Our own drop-in below `/etc/sysctl.d`: a unit is a key with its comment line.
  case sysctl
  /// Any text file: a unit is a whole line, and every line equal to it changes alike.
  case lines
  /// fstab(5): a unit is an option of the line for a mount point, or a whole line that is ours.
  case fstab
  /// `key = value`, `key=value` or `key value`: a unit is the value of a key.
  case keyvalue
  /// Sections with `key=value`: a unit is the value of `section/key`.
  case ini
  /// sshd_config(5): a unit is the arguments of a keyword outside of every `Match`.
  case sshd
  /// login.defs(5): a unit is the value of a name.
  case loginDefs = "login.defs"
  /// JSON: a unit is a value by the path of its keys.
  case json
  /// A binary SELinux policy: a unit is a boolean, or whether a domain is permissive, `on` or `off`
  /// from the start.
  case policy
  /// Our own file below `/etc/audit/rules.d`: a unit is a line with its comment, and order counts.
  case audit
}

/// Making one path as `after` says.
package struct WriteFile: Hashable, Sendable, Codable {
  /// The path, absolute below the root.
  package var path: String
  /// What must stand there before; its nil fields do not matter.
  package var before: FileState
  /// What will stand there.
  package var after: FileState

  /// `path` going from `before` to `after`.
  package init(path: String, before: FileState, after: FileState) {
    self.path = path
    self.before = before
    self.after = after
  }
}

/// Changing attributes of what stands at one path, and not its content.
package struct SetAttributes: Hashable, Sendable, Codable {
  /// The path, absolute below the root.
  package var path: String
  /// Whether it must be a directory (else a regular file).
  package var isDirectory: Bool
  /// The fields that change, as they must be before.
  package var before: Attributes
  /// The same fields afterwards.
  package var after: Attributes

  /// The attributes of `path` going from `before` to `after`.
  package init(path: String, isDirectory: Bool, before: Attributes, after: Attributes) {
    self.path = path
    self.isDirectory = isDirectory
    self.before = before
    self.after = after
  }
}
