package import HardenCore
package import HardenSystem

extension KernelModule: FindableKind {
  package static func mistake(in pattern: String) -> String? {
    let isByte = { (byte: UInt8) in byte > 0x20 && byte < 0x7F && byte != 0x2F && byte != 0x2E }
    return pattern.utf8.allSatisfy(isByte)
      ? nil : "write it as lsmod does, without its path and .ko"
  }

  /// The modules that modprobe.d keeps from being loaded; whether they stay away is found out by
  /// planning.
  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    let lines = try ModuleConfiguration.of(host).lines.filter { $0.command == "install" }
    let names = Set(lines.filter(\.isBlocking).map(\.module)).sorted()
    return Findings(
      names.filter { matches($0, ModuleConfiguration.normal(pattern)) }.map { name in
        Found(name, [FoundField("name", .text(name)), FoundField("state", .text("blocked"))])
      })
  }
}
