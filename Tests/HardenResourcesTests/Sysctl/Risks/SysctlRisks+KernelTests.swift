import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlRisksKernelTests {
  private let root: TemporaryRoot

  init() throws { root = try TemporaryRoot() }

  private func risks(_ key: String, _ value: String, _ current: String? = nil) throws -> [String] {
    try SysctlRisks(key: SysctlKey(name: key), value: value, current: current)
      .sentences(Host(root: root.path))
  }

  @Test func `a crash kernel that is loaded at boot speaks against kexec_load_disabled`() throws {
    #expect(try risks("kernel.kexec_load_disabled", "1") == [])
    root.write("/usr/lib/systemd/system/kdump-tools.service", "")
    root.link(
      "/etc/systemd/system/multi-user.target.wants/kdump-tools.service",
      to: "/usr/lib/systemd/system/kdump-tools.service")
    let said = try risks("kernel.kexec_load_disabled", "1")
    #expect(said.count == 1 && said[0].hasPrefix("kdump-tools.service loads a crash kernel"))
  }

  @Test func `a crash kernel that is loaded speaks against kexec_load_disabled`() throws {
    root.write("/sys/kernel/kexec_crash_loaded", "0\n")
    #expect(try risks("kernel.kexec_load_disabled", "1", "0") == [])
    root.write("/sys/kernel/kexec_crash_loaded", "1\n")
    #expect(
      try risks("kernel.kexec_load_disabled", "1", "0") == [
        "a crash kernel is loaded (/sys/kernel/kexec_crash_loaded), and none could be after the next "
          + "boot"
      ])
    #expect(try risks("kernel.kexec_load_disabled", "0", "1") == [])
  }

  @Test func `who is traced speaks against ptrace_scope 3`() throws {
    let pid = try Shell.run(
      "strace -o /dev/null sleep 30 >/dev/null 2>&1 & echo $!; sleep 0.5"
    ).filter(\.isNumber)
    defer { _ = try? Shell.run("kill -9 \(pid)") }
    let said = try SysctlRisks(
      key: SysctlKey(name: "kernel.yama.ptrace_scope"), value: "3", current: "1"
    ).sentences(Host())
    #expect(said.contains { $0.hasPrefix("strace (pid \(pid)) traces sleep (pid ") }, "\(said)")
    #expect(
      try SysctlRisks(key: SysctlKey(name: "kernel.yama.ptrace_scope"), value: "2", current: "1")
        .sentences(Host()) == [])
  }

  @Test func `who lives by user namespaces is named`() throws {
    #expect(try risks("user.max_user_namespaces", "0", "1000") == [])
    root.write("/etc/subuid", "# none\nalice:100000:65536\n")
    root.write("/usr/bin/bwrap", "", mode: 0o755)
    root.write("/usr/bin/podman", "", mode: 0o755)
    let said = try risks("user.max_user_namespaces", "0", "1000")
    #expect(
      said == [
        "alice may run containers without root (/etc/subuid:2)",
        "/usr/bin/bwrap works by user namespaces", "/usr/bin/podman works by user namespaces",
      ])
    #expect(try risks("kernel.unprivileged_userns_clone", "0") == said)
    #expect(try risks("user.max_user_namespaces", "1000", "0") == [])
  }

  @Test func `a bwrap that is set-id works without user namespaces`() throws {
    root.write("/usr/bin/bwrap", "", mode: 0o4755)
    #expect(try risks("user.max_user_namespaces", "0") == [])
  }

  @Test func `a process in a user namespace is named`() throws {
    let pid = try Shell.run(
      "unshare -Ur sleep 60 >/dev/null 2>&1 & echo $!; for i in $(seq 100); do grep -q sleep /proc/$!/comm && break; sleep 0.05; done"
    ).filter(\.isNumber)
    defer { _ = try? Shell.run("kill -9 \(pid)") }
    let said = try SysctlRisks(
      key: SysctlKey(name: "user.max_user_namespaces"), value: "0", current: "9"
    ).sentences(Host())
    #expect(said.contains { $0.contains("runs in a user namespace") }, "\(said)")
  }
}
