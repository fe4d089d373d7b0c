import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct TunedParametersTests {
  private let root: TemporaryRoot
  private let key = SysctlKey(name: "vm.swappiness")

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/tuned/active_profile", "own\n")
    root.write("/etc/tuned/tuned-main.conf", "daemon = 1\nreapply_sysctl = False\n")
    root.write("/etc/tuned/own/tuned.conf", "[main]\ninclude=base\n[sysctl]\nvm.swappiness = 10\n")
    root.write(
      "/usr/lib/tuned/base/tuned.conf",
      "[main]\ninclude=own\n[sysctl]\n# vm.a=1\nvm.swappiness=30\nnet/ipv4/tcp_rmem=\"4096 1 2\"\n")
  }

  private func settings() throws -> [SysctlKey: TunedParameters.Setting] {
    try TunedParameters.of(Host(root: root.path)).settings
  }

  @Test func `a profile counts over what it includes`() throws {
    let own = Place("/etc/tuned/own/tuned.conf", line: 4)
    #expect(try settings()[key] == .init(value: "10", place: own))
    let memory = try settings()[SysctlKey(name: "net.ipv4.tcp_rmem")]
    #expect(memory?.value == "4096 1 2" && memory?.place.line == 6)
    #expect(try settings().count == 2)
  }

  @Test(arguments: ["reapply_sysctl = 1\n", ""])
  func `files that are read again win over it`(main: String) throws {
    root.write("/etc/tuned/tuned-main.conf", main)
    #expect(try settings().isEmpty)
  }

  @Test func `without a profile nothing is set`() throws {
    root.write("/etc/tuned/active_profile", "\n")
    #expect(try settings().isEmpty)
  }

  @Test func `the plan names the line that comes later`() throws {
    root.write("/proc/sys/vm/swappiness", "60\n")
    let entry = try Entry<Sysctl>("{key: vm.swappiness, value: 1}")
    let observation = try #require(entry.resources.first).observe(
      Host(root: root.path), for: .test)
    #expect(
      observation.notes.contains(
        "tuned sets it to 10 once it has started (/etc/tuned/own/tuned.conf:4); reapply_sysctl = 1 in /etc/tuned/tuned-main.conf has the files count"
      ), "\(observation.notes)")
    let same = try Entry<Sysctl>("{key: vm.swappiness, value: 10}")
    #expect(
      try #require(same.resources.first).observe(Host(root: root.path), for: .test).notes.isEmpty)
  }
}
