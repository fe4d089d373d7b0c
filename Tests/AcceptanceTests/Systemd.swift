import Foundation
import HardenTestSupport

/// A real systemd of its own: a user's manager in namespaces, which listens where the system's would
/// and reads its units from the same directories.
enum Systemd {
  /// Whether there is one to run, and a cgroup tree to run it in.
  static let isAvailable: Bool = {
    let required = ProcessInfo.processInfo.environment["HARDEN_REQUIRE"] ?? ""
    if required.split(separator: ",").contains("namespaces") { return true }
    return
      (try? Scratch().withSystemd(units: [:], "systemctl --user is-active basic.target").output)
      == "active\n"
  }()
}

extension Scratch {
  /// Runs `script` beside a systemd that knows `units`, with an `/etc` of its own; `$H` is the program
  /// with a state directory.
  func withSystemd(units: [String: String], _ script: String) throws -> Launch {
    for name in ["basic", "multi-user", "shutdown"] {
      write("units/\(name).target", "[Unit]\nDefaultDependencies=no\n")
    }
    write(
      "units/default.target",
      "[Unit]\nDefaultDependencies=no\nRequires=basic.target\nAfter=basic.target\n")
    for (name, text) in units { write("units/\(name)", text) }
    write(
      "beside", "set -u; cd \(path); H='\(Program.path)'; S='--state \(path)/live'\n\(script)\n")
    write("manager", Self.manager)
    return try Launch("/bin/sh", ["\(path)/manager", path], captures: true, mergesErrors: false)
  }

  /// The kernel's settings are out of reach, and its cgroups are those below a new one.
  private static let manager = """
    set -e
    work=$1 tree=$(awk '/ - cgroup2 / { print $5; exit }' /proc/self/mountinfo)
    group=$tree/harden-test-$$
    mkdir "$group"
    echo $$ > "$group/cgroup.procs"
    unshare -m -n -p -C --fork --mount-proc --kill-child sh -c '
      set -e
      mount --make-rprivate /
      mount -t tmpfs tmpfs /sys/fs/cgroup
      mount -t cgroup2 cgroup2 /sys/fs/cgroup
      mount --bind /proc/sys /proc/sys
      mount -o remount,ro,bind /proc/sys
      mount -t tmpfs tmpfs /run
      mkdir -p /run/systemd/system /run/user/0 "$0/etc"
      cp -a /etc/. "$0/etc"
      mount --bind "$0/etc" /etc
      rm -rf /etc/systemd/system
      mkdir /etc/systemd/system
      mount -t tmpfs tmpfs /usr/lib/systemd/system
      cp "$0"/units/* /usr/lib/systemd/system
      export XDG_RUNTIME_DIR=/run/user/0 SYSTEMD_LOG_TARGET=console
      export SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/systemd/system:/usr/lib/systemd/system
      ln -s /run/user/0/systemd/private /run/systemd/private
      ln -s /run/user/0/systemd/units /run/systemd/units
      PATH=/usr/lib/systemd:/lib/systemd:$PATH
      systemd --user --unit=default.target > "$0/manager.log" 2>&1 &
      for try in $(seq 200); do
        systemctl --user -q is-active default.target 2> /dev/null && break
        sleep 0.05
      done
      set +e
      bash "$0/beside"
    ' "$work" || code=$?
    echo $$ > "$tree/cgroup.procs"
    find "$group" -depth -type d -exec rmdir {} \\; 2> /dev/null
    exit ${code:-0}
    """
}
