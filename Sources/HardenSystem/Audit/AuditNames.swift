internal import CAudit
internal import HardenModel

/// The names of the audit system, from libaudit's tables: pure look-ups, each nil for what it lacks.
package enum AuditNames {
  /// A machine that has a table of system calls, numbered by libaudit.
  package typealias Machine = CInt

  /// The number of a field such as `auid`.
  package static func field(_ name: String) -> UInt32? { found(unsafe audit_name_to_field(name)) }
  /// The name of a field.
  package static func field(_ code: UInt32) -> String? {
    unsafe text(audit_field_to_name(CInt(truncatingIfNeeded: code)))
  }

  /// The number of a filter list such as `exit`.
  package static func list(_ name: String) -> UInt32? { found(unsafe audit_name_to_flag(name)) }
  /// The name of a filter list.
  package static func list(_ code: UInt32) -> String? {
    unsafe text(audit_flag_to_name(CInt(truncatingIfNeeded: code)))
  }

  /// The number of a system call on `machine`.
  package static func syscall(_ name: String, on machine: Machine) -> Int? {
    let number = unsafe audit_name_to_syscall(name, machine)
    return number < 0 ? nil : Int(number)
  }
  /// The name of a system call on `machine`.
  package static func syscall(_ number: Int, on machine: Machine) -> String? {
    unsafe text(audit_syscall_to_name(CInt(truncatingIfNeeded: number), machine))
  }
  /// Every machine with a table.
  package static let machines: ClosedRange<Machine> = 0...10

  /// The machine that `arch` names: `b64`, `b32` or a machine's own name.
  package static func machine(_ arch: String) -> Machine? {
    let machine = unsafe audit_determine_machine(arch)
    return machine < 0 ? nil : machine
  }
  /// The machine behind the number that the kernel has for it.
  package static func machine(elf: UInt32) -> Machine? {
    let machine = audit_elf_to_machine(elf)
    return machine < 0 ? nil : machine
  }
  /// The machine that this program runs on.
  package static let nativeMachine: Machine? = {
    let machine = audit_detect_machine()
    return machine < 0 ? nil : machine
  }()
  /// The number that the kernel has for `machine`.
  package static func elf(_ machine: Machine) -> UInt32? {
    let elf = audit_machine_to_elf(machine)
    return elf == 0 ? nil : elf
  }

  /// The number behind `EPERM` or `-EPERM`.
  package static func errno(_ name: String) -> Int32? {
    let number = unsafe audit_name_to_errno(name)
    return number == 0 ? nil : number
  }
  /// The name of an error number, with its sign.
  package static func errno(_ number: Int32) -> String? {
    guard number != .min else { return nil }
    return unsafe text(audit_errno_to_name(abs(number))).map { number < 0 ? "-\($0)" : $0 }
  }

  /// The number of an event such as `CWD`.
  package static func event(_ name: String) -> UInt32? {
    found(unsafe audit_name_to_msg_type(name)).flatMap { $0 == 0 ? nil : $0 }
  }
  /// The name of an event.
  package static func event(_ code: UInt32) -> String? {
    unsafe text(audit_msg_type_to_name(CInt(truncatingIfNeeded: code)))
  }

  /// The number of a type of file such as `dir`.
  package static func fileType(_ name: String) -> UInt32? {
    found(unsafe audit_name_to_ftype(name))
  }
  /// The name of a type of file.
  package static func fileType(_ code: UInt32) -> String? {
    unsafe text(audit_ftype_to_name(CInt(truncatingIfNeeded: code)))
  }

  /// The number of a file system such as `tracefs`.
  package static func fileSystem(_ name: String) -> UInt32? {
    let code = unsafe audit_name_to_fstype(name)
    return code == -1 ? nil : UInt32(bitPattern: code)
  }
  /// The name of a file system.
  package static func fileSystem(_ code: UInt32) -> String? {
    unsafe text(audit_fstype_to_name(CInt(bitPattern: code)))
  }

  private static func found(_ number: CInt) -> UInt32? {
    number < 0 ? nil : UInt32(number)
  }

  private static func text(_ name: UnsafePointer<CChar>?) -> String? {
    unsafe name.map { unsafe String(cString: $0) }
  }
}
