/// Everything that takes bytes which somebody else may have written.
///
/// `make fuzz` lets libFuzzer look for bytes that break what a target requires; what it found is kept
/// in `Fixtures/fuzz` and tried by the tests.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// A playbook, read and its mistakes shown.
  case playbook
  /// A saved plan, and one that is sealed rightly but says anything.
  case plan
  /// A run's journal, and the records in it.
  case journal
  /// Files below sysctl.d, others' and our own.
  case sysctl
  /// fstab(5).
  case fstab
  /// Lines of mountinfo.
  case mountinfo
  /// Rules as auditctl takes them.
  case audit
  /// Rules as the kernel lists them.
  case auditDump = "audit-dump"
  /// passwd(5) and the files beside it.
  case accounts
  /// The attribute of file capabilities, and capabilities in words.
  case capability
  /// Files of SELinux: the binary policy, its configuration and its local labels.
  case selinux
  /// Files of settings in every format.
  case settings
  /// Headers of programs.
  case elf
  /// Certificates, in DER and in bundles of PEM.
  case certificate
  /// Text of others on its way to a terminal.
  case terminal

  /// Tries `bytes`; throws ``FuzzFinding`` for what must not be.
  package func run(_ bytes: [UInt8]) throws {
    switch self {
    case .playbook: try PlaybookFuzzing.run(bytes)
    case .plan: try EngineFuzzing.plan(bytes)
    case .journal: try EngineFuzzing.journal(bytes)
    case .sysctl: try FileFuzzing.sysctl(bytes)
    case .fstab: try FileFuzzing.fstab(bytes)
    case .mountinfo: try FileFuzzing.mountinfo(bytes)
    case .audit: try AuditFuzzing.text(bytes)
    case .auditDump: try AuditFuzzing.dump(bytes)
    case .accounts: try FileFuzzing.accounts(bytes)
    case .capability: try FileFuzzing.capability(bytes)
    case .selinux: try FileFuzzing.selinux(bytes)
    case .settings: try FileFuzzing.settings(bytes)
    case .elf: try ProbeFuzzing.elf(bytes)
    case .certificate: try ProbeFuzzing.certificate(bytes)
    case .terminal: try TerminalFuzzing.run(bytes)
    }
  }
}

/// What a target requires and some bytes broke.
package struct FuzzFinding: Error, CustomStringConvertible {
  package let description: String
}

/// Throws what is wrong unless `condition` holds.
func require(_ condition: Bool, _ wrong: @autoclosure () -> String) throws {
  guard condition else { throw FuzzFinding(description: wrong()) }
}

/// Requires that nothing in `text` but line feeds and tabs steers a terminal.
func requireHarmless(_ text: String) throws {
  for scalar in text.unicodeScalars where scalar != "\n" && scalar != "\t" {
    let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    try require(!isControl && !turns, "U+\(String(scalar.value, radix: 16)) reaches the terminal")
  }
}
