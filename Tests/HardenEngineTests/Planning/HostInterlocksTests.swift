import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite(.enabled(if: Namespace.isAvailable)) struct HostInterlocksTests {
  private func file(_ path: String) -> PlannedStep {
    PlannedStep(
      .writeFile(WriteFile(path: path, before: .absent, after: FileState(.directory))), for: [])
  }

  private var parameter: PlannedStep {
    PlannedStep(
      .setSysctl(SetSysctl(SysctlKey(path: "net/ipv4/tcp_syncookies"), before: "0", after: "1")),
      for: [])
  }

  /// What is said of `steps` on this host, on which `scene` has been mounted.
  private func said(_ steps: [PlannedStep], _ scene: String) throws -> [Obstacle] {
    try Namespace.run {
      try Shell.run(scene)
      return try HostInterlocks(steps, on: HardenSystem.Host()).obstacles
    }
  }

  @Test func `a plain host has nothing against it`() throws {
    #expect(try said([parameter, file("/etc/x")], "true") == [])
  }

  @Test func `a machine that was made from an image of a container has a kernel of its own`() throws
  {
    let scene = "mount -t tmpfs none /run; mkdir /run/systemd; echo docker > /run/systemd/container"
    #expect(try said([parameter, file("/etc/x")], scene) == [])
  }

  @Test func `what an image replaces is named`() throws {
    let scene = "mount -t tmpfs none /run; touch /run/ostree-booted"
    let found = try said([file("/etc/x"), file("/usr/lib/y")], scene)
    #expect(found.map(\.subject) == ["host:image"])
    #expect(found[0].message.contains("the next one replaces /usr/lib/y"))
    #expect(try said([file("/etc/x")], scene) == [])
  }

  @Test func `a description that overwrites everything counts below another root too`() throws {
    let root = try TemporaryRoot()
    let host = { try HardenSystem.Host(root: root.path) }
    #expect(try HostInterlocks([file("/etc/x")], on: host()).obstacles == [])
    root.write("/etc/NIXOS", "")
    #expect(
      try HostInterlocks([file("/etc/x")], on: host()).obstacles.map(\.subject) == ["host:image"])
  }

  @Test func `what cannot be written is named before anything is begun`() throws {
    let scene = "mount -t tmpfs none /mnt; mkdir /mnt/d; mount -o remount,bind,ro /mnt"
    let found = try said([file("/etc/x"), file("/mnt/d/f")], scene)
    #expect(found.map(\.subject) == ["host:read-only"])
    #expect(found[0].message.hasPrefix("/mnt/d/f is on /mnt, which is mounted read-only"))
    #expect(try said([file("/etc/x")], scene) == [])
  }

  @Test func `who changes the host at the same time is named, with the lock that tells`() throws {
    let scene = """
      mount -t tmpfs none /var/lib/dpkg; touch /var/lib/dpkg/lock-frontend; mkfifo /var/lib/dpkg/held
      python3 -c "import fcntl,time; f=open('/var/lib/dpkg/lock-frontend','w'); fcntl.lockf(f,fcntl.LOCK_EX); open('/var/lib/dpkg/held','w').close(); time.sleep(60)" >/dev/null 2>&1 &
      cat /var/lib/dpkg/held; echo $! > /var/lib/dpkg/pid
      """
    let found = try Namespace.run {
      try Shell.run(scene)
      defer { _ = try? Shell.run("kill -9 $(cat /var/lib/dpkg/pid)") }
      return try HostInterlocks([file("/etc/x")], on: HardenSystem.Host()).obstacles
    }
    #expect(found.map(\.subject) == ["host:others"])
    #expect(
      found.first?.message.contains("holds /var/lib/dpkg/lock-frontend and is changing this host")
        == true)
  }

  @Test func `a lock file that nobody holds stops nobody`() throws {
    let scene =
      "mount -t tmpfs none /var/lib/dpkg; touch /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock"
    #expect(try said([file("/etc/x")], scene) == [])
  }

  @Test func `cloud-init that has not ended is waited for`() throws {
    let scene = "mount -t tmpfs none /run; mkdir /run/cloud-init; touch /run/cloud-init/status.json"
    #expect(try said([file("/etc/x")], scene).map(\.subject) == ["host:others"])
    #expect(try said([file("/etc/x")], "\(scene) /run/cloud-init/result.json") == [])
  }

  @Test func `an interlock is accepted by its name, and by nothing else`() throws {
    let engine = try Engine()
    engine.root.write("/etc/NIXOS", "")
    let control = engine.control("d", "directory", ["path": "/etc/d", "state": "present"])
    let plan = try engine.plan([control])
    #expect(plan.obstacles.map(\.subject) == ["host:image"])
    #expect(throws: Failure.self) { try engine.apply(plan) }
    #expect(throws: Failure.self) { try engine.apply(plan, accepted: ["d"]) }
    let report = try engine.apply(plan, accepted: ["host:image"])
    #expect(report.ending == .applied, "\(report)")
  }
}
