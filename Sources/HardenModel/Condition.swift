/// When a control applies, as a value; evaluated on the planned host in HardenCore.
package indirect enum Condition: Hashable, Sendable, Codable {
  /// One thing to look at, with the values that satisfy it.
  case test(Test, values: [String])
  /// All of them.
  case all([Condition])
  /// At least one of them.
  case any([Condition])
  /// The opposite.
  case not(Condition)

  /// What a condition can look at.
  package enum Test: Hashable, Sendable, Codable {
    /// A path exists.
    case exists
    /// A command is in one of the system's fixed directories.
    case command
    /// `ID` of os-release.
    case os
    /// `ID` or one of `ID_LIKE` of os-release.
    case osFamily
    /// `VERSION_ID` of os-release, compared by version, with an optional operator.
    case osVersion
    /// The kernel's release, compared by version, with an optional operator.
    case kernel
    /// The machine's architecture as uname(2) prints it.
    case arch
    /// `enforcing`, `permissive` or `disabled`.
    case selinux
    /// `enabled` or `disabled`.
    case apparmor
    /// `true` or `false`, or the kind of container.
    case container
    /// `true` or `false`, or the kind of virtual machine.
    case virtualization
    /// `true` or `false`.
    case uefi
    /// A package is installed.
    case package
    /// A unit file exists.
    case unit
    /// A path is a mount point.
    case mounted
    /// A line of the login stack names a module.
    case pamModule
    /// A variable of the playbook, already known when the condition is read.
    case variable(name: String, value: String)
    /// A fact by its name.
    case fact(String)
  }

  /// How a condition came out.
  package enum Outcome: Hashable, Sendable {
    /// It is true.
    case holds
    /// It is false, and why in a few words.
    case fails(String)
    /// It could not be read, and why.
    case unmeasured(String)
  }
}
