import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct MountBootTests {
  private func word(_ root: TemporaryRoot, _ path: String = "/tmp") throws -> String {
    switch try MountBoot.of(path, on: Host(root: root.path)) {
    case .line(let line): "line \(line.number) \(line.options.joined(separator: ","))"
    case .unit(let path, let line, let options, _):
      "unit \(path):\(line ?? 0) \(options.joined(separator: ","))"
    case .kernel(let flags): "systemd \(flags.sorted().text)"
    case .twice(let lines): "lines \(lines.map(\.number))"
    case .nothing: "nothing"
    }
  }

  @Test func `units of the administrator come before fstab, and those of packages after it`() throws
  {
    let root = try TemporaryRoot()
    #expect(try word(root) == "nothing")
    root.write(
      "/usr/lib/systemd/system/tmp.mount", "[Unit]\nOptions=no\n[Mount]\nOptions=mode=1777,nosuid\n"
    )
    #expect(try word(root) == "unit /usr/lib/systemd/system/tmp.mount:4 mode=1777,nosuid")
    root.write("/etc/fstab", "# x\ntmpfs /tmp tmpfs nodev 0 0\n")
    #expect(try word(root) == "line 2 nodev")
    root.write("/etc/systemd/system/tmp.mount", "[Mount]\nWhat=tmpfs\n")
    #expect(try word(root) == "unit /etc/systemd/system/tmp.mount:0 ")
    root.link("/etc/systemd/system/tmp.mount2", to: "/dev/null")
  }

  @Test func `what adds to a unit counts over it, and over the line that it comes from`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/lib/systemd/system/tmp.mount", "[Mount]\nOptions=nosuid\n")
    root.write("/usr/lib/systemd/system/tmp.mount.d/10-a.conf", "[Mount]\nOptions=nodev\n")
    root.write("/etc/systemd/system/tmp.mount.d/20-b.conf", "[Unit]\nAfter=x\n")
    #expect(try word(root) == "unit /usr/lib/systemd/system/tmp.mount.d/10-a.conf:2 nodev")
    root.write("/etc/systemd/system/tmp.mount.d/20-b.conf", "[Mount]\nOptions=noexec\n")
    #expect(try word(root) == "unit /etc/systemd/system/tmp.mount.d/20-b.conf:2 noexec")
    root.write("/etc/fstab", "tmpfs /tmp tmpfs nodev 0 0\n")
    #expect(try word(root) == "unit /etc/systemd/system/tmp.mount.d/20-b.conf:2 noexec")
    root.write("/etc/systemd/system/tmp.mount.d/20-b.conf", "")
    TemporaryRoot.remove(root.outside("/usr/lib/systemd/system/tmp.mount.d"))
    #expect(try word(root).hasPrefix("line"))
    root.write("/etc/systemd/system/srv.mount.d/a.conf", "[Mount]\nOptions=noexec\n")
    #expect(try word(root, "/srv") == "nothing")
  }

  @Test func `a masked unit mounts nothing`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/fstab", "tmpfs /tmp tmpfs nodev 0 0\n")
    root.link("/etc/systemd/system/tmp.mount", to: "/dev/null")
    #expect(try word(root) == "nothing")
  }

  @Test func `systemd's own mounts have its flags unless a line says otherwise`() throws {
    let root = try TemporaryRoot()
    #expect(try word(root, "/dev/shm") == "systemd nosuid,nodev,strictatime")
    root.write("/etc/fstab", "tmpfs /dev/shm tmpfs noexec 0 0\n")
    #expect(try word(root, "/dev/shm") == "line 1 noexec")
  }

  @Test func `two lines are told from one`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/fstab", "a /tmp b c\nd /tmp/ e f\n")
    #expect(try word(root) == "lines [1, 2]")
  }

  @Test func `names of units are those of systemd-escape`() throws {
    for path in ["/", "/tmp", "/var/lib/x", "/a-b", "/.hidden", "/a.b", "/ä", "/a b", "/mnt/x:y_z"]
    {
      let theirs = try Shell.run("systemd-escape --path --suffix=mount -- '\(path)'")
      #expect(MountBoot.unitName(path) + "\n" == theirs)
    }
  }
}
