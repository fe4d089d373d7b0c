import Glibc
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ContainerVolumesTests {
  private func texts(_ root: TemporaryRoot, below top: String = "/") throws -> [String] {
    let host = try Host(root: root.path)
    return try ContainerVolumes.of(host).below(top, on: nil, host).map { "\($0.path), \($0.user)" }
  }

  @Test func `a host without containers has none`() throws {
    #expect(try texts(TemporaryRoot()) == [])
    #expect(ContainerVolumes.text([]) == nil)
  }

  @Test func `docker's containers are read from its files, wherever it keeps them`() throws {
    let root = try TemporaryRoot()
    let config =
      #"{"Name":"/web","MountPoints":{"/data":{"Source":"/srv/data","RW":true},"/tmp":{"Source":"","Type":"tmpfs"}}}"#
    root.write("/var/lib/docker/containers/ab12/config.v2.json", config)
    root.write("/var/lib/docker/containers/cd34/hosts", "")
    root.makeDirectory("/var/lib/docker/volumes/db/_data")
    root.write("/var/lib/docker/volumes/metadata.db", "")
    #expect(
      try texts(root) == [
        "/srv/data, which docker's container web has (/var/lib/docker/containers/ab12/config.v2.json)",
        "/var/lib/docker/volumes/db/_data, a volume of docker",
      ])
    #expect(try texts(root, below: "/srv/data").count == 1)
    #expect(try texts(root, below: "/srv/dat") == [] && texts(root, below: "/home") == [])
    root.write("/etc/docker/daemon.json", #"{"data-root": "/data/docker"}"#)
    root.write(
      "/data/docker/containers/ab12/config.v2.json", config.replacing("/srv", with: "/opt"))
    #expect(try texts(root).first?.hasPrefix("/opt/data, which docker's container web has") == true)
  }

  @Test func `podman's, kubelet's and systemd's are found as well`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/var/lib/containers/storage/volumes/v/_data")
    root.makeDirectory("/var/lib/kubelet/pods/7/volumes")
    root.write(
      "/etc/containers/systemd/web.container",
      "[Container]\nImage=x\nVolume=/srv/web:/www:Z\nVolume=named:/x\n")
    root.write("/etc/systemd/nspawn/box.nspawn", "[Files]\nBind=/srv/box:/box\n")
    #expect(
      try texts(root) == [
        "/srv/box, which box.nspawn gives its container (/etc/systemd/nspawn/box.nspawn:2)",
        "/srv/web, which web.container gives its container (/etc/containers/systemd/web.container:3)",
        "/var/lib/containers/storage/volumes/v/_data, a volume of podman",
        "/var/lib/kubelet/pods/7/volumes, volumes of a pod",
      ])
    #expect(
      try ContainerVolumes.text(
        ContainerVolumes.of(Host(root: root.path)).below("/srv", on: nil, Host(root: root.path)))?
        .hasSuffix("box.nspawn:2) and 1 more") == true)
  }

  /// Starts a process with a root of its own at `/srv`, that has `/mnt/data` as `/data`.
  static let container = """
    mount -t tmpfs none /mnt; mkdir /mnt/data; mount -t tmpfs none /srv
    mkdir /srv/data /srv/usr; for n in bin lib lib64; do ln -s usr/$n /srv/$n; done
    unshare -m sh -c 'mount --bind /mnt/data /srv/data; mount --rbind /usr /srv/usr; exec chroot /srv sleep 60' > /dev/null 2>&1 &
    pid=$!
    for n in $(seq 100); do
      [ "$(cat /proc/$pid/comm)" = sleep ] && grep -q ' /data /data ' /proc/$pid/mountinfo && break; sleep 0.05
    done
    """

  /// What `body` finds while that process runs.
  static func running<Value>(_ body: @escaping (borrowing Host, Int) throws -> Value) throws
    -> Value
  {
    try Namespace.run {
      let pid = try Int(Shell.run("\(container); echo $pid").filter(\.isNumber)) ?? 0
      defer { kill(pid_t(pid), SIGKILL) }
      return try body(Host(), pid)
    }
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `what a running container sees of the host is named by both paths`()
    throws
  {
    let (said, elsewhere, pid) = try Self.running { host, pid in
      let volumes = try ContainerVolumes.of(host)
      let below = { (top: String, host: borrowing Host) in
        try volumes.below(top, on: host.mount(holding: "/mnt"), host).map {
          "\($0.path), \($0.user)"
        }
      }
      return (try below("/mnt", host), try below("/usr", host), pid)
    }
    #expect(said == ["/mnt/data, which sleep (pid \(pid)) has as /data in a container"])
    #expect(elsewhere == [], "another mount shows it")
  }
}
