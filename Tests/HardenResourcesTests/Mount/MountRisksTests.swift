import Foundation
import Glibc
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite(.enabled(if: Namespace.isAvailable)) struct MountRisksTests {
  /// What is said of `flags` for `/mnt`, a mount of its own that `scene` has filled.
  private func risks(_ flags: [MountFlag], _ scene: @escaping () throws -> Void = {}) throws
    -> [String]
  {
    try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt")
      try scene()
      let host = try HardenSystem.Host()
      return try MountRisks(Mount(path: "/mnt", options: flags), try host.mount("/mnt"), host)
        .sentences
    }
  }

  @Test func `an empty mount takes every flag`() throws {
    #expect(try risks([.noexec, .nosuid, .nodev, .readOnly]) == [])
  }

  /// Keeps a program running in this namespace while `body` looks.
  private func running(_ script: String, _ flags: [MountFlag]) throws -> [String] {
    try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt")
      let pid = pid_t(try Shell.run(script).filter(\.isNumber)) ?? 0
      defer { kill(pid, SIGKILL) }
      usleep(200_000)
      let host = try HardenSystem.Host()
      return try MountRisks(Mount(path: "/mnt", options: flags), try host.mount("/mnt"), host)
        .sentences
    }
  }

  @Test func `noexec names the program that runs from there`() throws {
    let script = "cp /bin/sleep /mnt/agent; /mnt/agent 60 >/dev/null 2>&1 & echo $!"
    let said = try running(script, [.noexec])
    #expect(said.count == 1)
    #expect(
      said.first?.hasPrefix("noexec would have stopped agent (pid ") == true
        && said.first?.hasSuffix("), which runs /mnt/agent") == true, "\(said)")
    #expect(try running(script, [.nodev]) == [])
  }

  @Test func `noexec where dpkg keeps its scripts is a risk`() throws {
    let said = try Namespace.run {
      try Shell.run("mount -t tmpfs none /var/lib; mkdir -p /var/lib/dpkg/info")
      let host = try HardenSystem.Host()
      return try MountRisks(
        Mount(path: "/var/lib", options: [.noexec]), try host.mount("/var/lib"), host
      ).sentences
    }
    #expect(said.count == 1 && said[0].contains("/var/lib/dpkg/info"), "\(said)")
  }

  @Test func `ro names who writes there`() throws {
    let script = "sleep 60 3>>/mnt/log >/dev/null 2>&1 & echo $!"
    #expect(
      try running(script, [.readOnly]).first?.contains("which has /mnt/log open for writing")
        == true)
    #expect(try running(script, [.noexec]) == [])
  }

  @Test func `nosuid and nodev name what would lose its rights`() throws {
    let scene = {
      _ = try Shell.run(
        "cd /mnt; mkdir d; cp /bin/true d/tool; chmod 4755 d/tool; cp /bin/true cap; setcap cap_net_raw=ep cap; mknod d/null c 1 3; chmod 4644 d/../cap 2>/dev/null; chmod 755 cap; setcap cap_net_raw=ep cap"
      )
    }
    #expect(
      try risks([.nosuid], scene) == [
        "nosuid takes the rights of /mnt/cap, with set-id bits or capabilities and 1 more"
      ])
    #expect(try risks([.nodev], scene) == ["nodev makes useless the device file /mnt/d/null"])
    #expect(try risks([.noexec], scene) == [])
  }

  /// nosuid on a large /usr was taken for harmless, since the walk ended before it came to sudo.
  @Test func `programs that everybody needs are named, however little is looked at`() throws {
    let said = { (path: String, scene: String) in
      try Namespace.run {
        try Shell.run(
          """
          mount -t tmpfs none /mnt; mkdir /mnt/u /mnt/w; mount --bind /usr /usr
          mount -t overlay none -o lowerdir=/usr/bin,upperdir=/mnt/u,workdir=/mnt/w /usr/bin
          chmod a-s /usr/bin/*; for n in sudo newuidmap ping; do rm -f /usr/bin/$n; done
          \(scene)
          """)
        let host = try HardenSystem.Host()
        return try MountRisks(
          Mount(path: path, options: [.nosuid]), try host.mount(path), host, most: 1
        ).sentences.filter { $0.contains("/usr/bin/") && !$0.contains("with set-id bits") }
      }
    }
    let scene = """
      install -m 4755 /usr/bin/true /usr/bin/sudo.ws; ln -s sudo.ws /usr/bin/sudo
      cp /usr/bin/true /usr/bin/newuidmap; setcap cap_setuid=ep /usr/bin/newuidmap
      cp /usr/bin/true /usr/bin/ping
      """
    #expect(
      try said("/usr/bin", scene) == [
        "nosuid takes the rights of /usr/bin/newuidmap: rootless containers no longer start",
        "nosuid takes the rights of /usr/bin/sudo.ws: nobody can become root with it any more",
      ])
    #expect(try said("/usr/bin", "") == [])
    // It is another mount that shows them.
    #expect(try said("/usr", scene) == [])
  }

  @Test func `what is named is not counted a second time`() throws {
    let said = try Namespace.run {
      try Shell.run(
        "mount -t tmpfs none /usr/libexec; cp /bin/true /usr/libexec/polkit-agent-helper-1; chmod 4755 /usr/libexec/*"
      )
      let host = try HardenSystem.Host()
      return try MountRisks(
        Mount(path: "/usr/libexec", options: [.nosuid]), try host.mount("/usr/libexec"), host
      ).sentences
    }
    #expect(
      said == [
        "nosuid takes the rights of /usr/libexec/polkit-agent-helper-1: polkit can no longer check "
          + "passwords"
      ])
  }

  @Test func `noexec names who starts programs from there`() throws {
    let scene = {
      try Namespace.mountEmpty("/etc/cron.d")
      _ = try Shell.run("echo '5 4 * * * root /mnt/report --all' > /etc/cron.d/report")
    }
    #expect(
      try risks([.noexec], scene) == [
        "noexec stops cron (/etc/cron.d/report:1), which starts /mnt/report"
      ])
    #expect(try risks([.nosuid], scene) == [])
  }

  @Test func `what was not looked at is said`() throws {
    let notes = { (most: Int) in
      try Namespace.run {
        try Shell.run("mount -t tmpfs none /mnt; touch /mnt/one /mnt/two /mnt/three")
        let host = try HardenSystem.Host()
        return try MountRisks(
          Mount(path: "/mnt", options: [.nosuid]), try host.mount("/mnt"), host, most: most
        ).notes
      }
    }
    #expect(try notes(3) == [])
    #expect(
      try notes(2) == [
        "more than 2 files are below /mnt: not all were looked at for set-id bits, capabilities and devices"
      ])
  }

  @Test func `what a container has of the mount is named where it would feel the flags`() throws {
    let said = try ContainerVolumesTests.running { host, pid in
      let of = { (flags: [MountFlag], host: borrowing HardenSystem.Host) in
        let found = try MountRisks(
          Mount(path: "/mnt", options: flags), try host.mount("/mnt"), host)
        return found.sentences + found.notes.map { "note: \($0)" }
      }
      let name = "/mnt/data, which sleep (pid \(pid)) has as /data in a container"
      return [
        try of([.noexec, .nodev], host), try of([.nodev], host), try of([.noatime], host),
      ].map { $0.map { $0.replacing(name, with: "IT") } }
    }
    let end = "reaches IT, from the next start of its container on"
    #expect(said == [["noexec \(end)"], ["note: the new flags reach IT\(end.dropFirst(10))"], []])
  }

  @Test func `a flag that is there already breaks nothing new`() throws {
    let said = try Namespace.run {
      try Shell.run(
        "mount -t tmpfs -o nosuid none /mnt; cp /bin/true /mnt/tool; chmod 4755 /mnt/tool")
      let host = try HardenSystem.Host()
      return try MountRisks(
        Mount(path: "/mnt", options: [.nosuid]), try host.mount("/mnt"), host
      ).sentences
    }
    #expect(said == [])
  }
}
