import Foundation
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct ModulesTests {
  @Test func `lines of the kernel's table`() throws {
    let used = try #require(LoadedModule(line: "bridge 307200 2 br_netfilter,x, Live 0x0000"))
    #expect(used.name == "bridge" && used.users == 2 && used.holders == ["br_netfilter", "x"])
    let idle = try #require(LoadedModule(line: "loop 32768 0 - Live 0x0000"))
    #expect(idle.users == 0 && idle.holders.isEmpty)
    #expect(LoadedModule(line: "loop 1") == nil)
  }

  @Test func `an image has no running kernel`() throws {
    let root = try TemporaryRoot()
    root.write("/proc/modules", "loop 32768 0 - Live 0x0000\n")
    let host = try Host(root: root.path)
    #expect(try host.loadedModule("loop") == nil)
    let release = Uname.current.release
    root.write("/lib/modules/\(release)/modules.builtin", "kernel/drivers/block/loop.ko\n")
    #expect(try !host.isBuiltIn("loop"))
  }

  @Test func `a module that cannot be loaded is an error`() throws {
    let stage = try Probing()
    #expect(throws: SystemError.self) { try stage.host.loadModule("harden_has_no_such_module") }
  }

  @Test func `what is loaded here, as lsmod has it`() throws {
    let host = try Host()
    let names = try Shell.run("cut -d' ' -f1 /proc/modules 2>/dev/null || true").split(
      separator: "\n"
    ).map(String.init)
    for name in names.prefix(5) { #expect(try host.loadedModule(name)?.name == name) }
    #expect(try host.loadedModule("no_such_module") == nil)
    guard let name = names.first else { return }
    let gone = try host.after([.loadModule(LoadModule(name, isLoaded: false))], contents: [:])
    #expect(try gone.loadedModule(name) == nil)
  }
}
