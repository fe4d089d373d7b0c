package import HardenCore
package import HardenModel
internal import HardenSystem

/// A kernel module that must not be loaded.
package struct KernelModule: ResourceKind {
  /// The module, with underscores.
  package var name: String

  /// The module `name`.
  package init(_ name: String) { self.name = name }

  package var address: Address { Address(kind: "kernel_module", name: name) }

  /// What a module can be asked to be.
  enum State: String, Choice {
    /// It is not loaded, and nothing loads it.
    case blocked
  }

  private static let name = Field<OneOrMany<String>>(
    "name", required: true, "the module, or a list of modules")
  private static let state = Field<State>("state", required: true, "blocked")

  package static func read(_ fields: inout Fields) -> [KernelModule] {
    let names = fields.read(name)
    _ = fields.read(state)
    return (names?.values ?? []).compactMap { name in
      let isName =
        !name.value.isEmpty && name.value.utf8.count < 56
        && name.value.utf8.allSatisfy { byte in
          byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte)
            || (0x61...0x7A).contains(byte | 0x20)
        }
      guard isName else {
        fields.reading.report(
          Diagnostic(
            .wrongValue, "'\(name.value)' cannot be the name of a kernel module", at: name.range,
            help: "write it as lsmod does, without its path and .ko"))
        return nil
      }
      return KernelModule(ModuleConfiguration.normal(name.value))
    }
  }

  package static let manual = Manual(
    kind: "kernel_module",
    summary: "A kernel module is not loaded, and nothing loads it.",
    details: """
      BOOT is what modprobe would do, over every modprobe.d directory: the first `install` line for a
      module counts, and `blacklist` keeps aliases from bringing it. harden writes both lines into
      /etc/modprobe.d/00-harden.conf. A line below /etc that would still win is commented out; one
      elsewhere is refused, with its file and line.

      NOW is the running kernel: an unused module is taken out of it. One that is in use stays until
      the next boot; who uses it is listed, and the change wants `--accept-risk`. So does a file
      system that /etc/fstab mounts with the module, and what containers or snaps are mounted with.

      A module that is built into the kernel cannot be blocked, and is refused.
      """,
    fields: [name.spec, state.spec],
    planes: "now: the running kernel; boot: all modprobe.d files",
    undo:
      "exact for the files; a module that was taken out is loaded again, with the options of now",
    example: """
      kernel_module: {name: [cramfs, dccp, usb-storage], state: blocked}
      """)
}
