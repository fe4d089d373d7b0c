import Foundation
import HardenTestSupport

/// Where a sweep works: a root with a state directory, and a plan of at least twenty steps for it.
struct Scene {
  /// What harden takes for `/`.
  let root: String
  /// Its state directory, outside of what is compared.
  let state: String
  /// The playbook.
  let playbook: String
  /// Below the root, what is compared.
  let compared: [String]

  /// A root of its own: files, directories, attributes and drop-ins.
  static func rooted(_ work: String) throws -> Scene {
    let scene = Scene(
      root: "\(work)/root", state: "\(work)/state", playbook: "\(work)/playbook.yaml",
      compared: [""])
    try Shell.run("mkdir -p \(scene.root)/etc; cd \(scene.root)/etc; \(accounts)")
    try scene.fill()
    return scene
  }

  /// The root of a private mount and network namespace, kernel parameters included.
  ///
  /// To be called in `unshare -n -m` only: it mounts over `/etc`, `/mnt` and `/srv`.
  static func live(_ work: String) throws -> Scene {
    let scene = Scene(
      root: "/", state: "\(work)/state", playbook: "\(work)/playbook.yaml",
      compared: ["etc/sysctl.d", "etc/fstab", "etc/audit", "srv"])
    try Shell.run(
      """
      mkdir -p \(work); cp -a /etc \(work)/etc; mount --bind \(work)/etc /etc
      mount -t tmpfs tmpfs /etc/sysctl.d; mount -t tmpfs tmpfs /srv; mkdir /srv/bound
      mount -t tmpfs -o nosuid,noatime tmpfs /mnt
      printf '# kept\\nnone  /mnt\\ttmpfs nosuid,noatime 0 0 # why\\n' > /etc/fstab
      echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv4/conf/all/accept_redirects
      """)
    try scene.fill()
    return scene
  }

  private static let accounts = """
    printf 'root:x:0:0:root:/root:/bin/sh\\ndaemon:x:1:1::/:/bin/false\\n' > passwd
    printf 'root:x:0:\\ndaemon:x:1:\\nshadow:x:42:\\n' > group
    echo 0123456789abcdef0123456789abcdef > machine-id
    """

  private func fill() throws {
    try Shell.run(
      """
      set -e; cd \(root)/; mkdir -p etc/sysctl.d srv/kept srv/empty srv/tree/deep
      printf 'net.ipv4.tcp_syncookies = 0\\n# kept\\n' > etc/sysctl.d/99-zzz.conf
      printf old > srv/replaced; chmod 640 srv/replaced; chown 1:42 srv/replaced
      setfacl -m u:7:r srv/replaced; setfattr -n trusted.note -v kept srv/replaced
      printf gone > srv/removed; printf '#!' > srv/tool; chmod 4755 srv/tool
      setcap cap_net_raw=ep srv/tool; chmod 4755 srv/tool
      for n in 1 2 3; do echo $n > srv/tree/f$n; echo $n > srv/tree/deep/g$n; done
      chmod -R 777 srv/tree; ln -s replaced srv/link
      mkdir -p etc/audit/rules.d; [ \(root) = / ] || { mkdir -p usr/sbin; : > usr/sbin/augenrules; }
      printf -- '-D\\n-b 8192\\n-w /etc/group -p wa -k theirs\\n' > etc/audit/rules.d/audit.rules
      printf '# by hand\\n' > etc/audit/audit.rules
      find etc srv -exec touch -h -d '2021-03-04 05:06:07.891' {} +
      """)
    let live =
      root == "/"
      ? """
        - id: network
          ensure:
            - sysctl: {key: net.ipv4.conf.all.accept_redirects, value: 0}
            - sysctl: {key: net.ipv4.ip_forward, value: 0}
            - sysctl: {set: {net.ipv4.conf.all.send_redirects: 0, net.ipv4.conf.lo.arp_ignore: 2, net.ipv6.conf.all.forwarding: 1}}
        - id: mounts
          ensure:
            - mount: {path: /mnt, options: [nodev, noexec], forbid: [noatime]}
            - mount: {path: /srv/bound, options: [nodev, nosuid], bind: true}

      """ : ""
    // The audit system is the machine's in every namespace: its rules are changed in a guest only.
    let hasAudit =
      root != "/" || ProcessInfo.processInfo.environment["HARDEN_CRASH_AUDIT"] == "1"
    let audit =
      hasAudit
      ? """
        - id: audited
          ensure:
            - audit_rule: {watch: [/etc/passwd, /srv/tree, /srv/new], permissions: wa, key: crash}
            - audit_rule: {syscalls: [settimeofday, stime], key: crash}
            - audit_settings: {backlog_limit: 16384}

      """ : ""
    try """
    harden: 1
    name: crash
    controls:
      - id: made
        ensure:
          - directory: {path: [/srv/new, /srv/new/deeper], state: present, mode: "0750", owner: daemon}
          - file: {path: /srv/new/deeper/file, content: "made\\n", mode: "0600"}
          - file: {path: /srv/plain, content: "plain\\n"}
      - id: permitted
        ensure:
          - file: {path: /srv/new/proxy, content: "#!", mode: "0755"}
          - file_capability: {path: /srv/new/proxy, capabilities: "cap_net_bind_service=ep"}
          - file_capability: {path: /srv/tree/f1, capabilities: "cap_net_raw=p"}
      - id: changed
        ensure:
          - file: {path: /srv/replaced, content: "new\\n"}
          - file: {path: /srv/tool, owner: daemon, group: daemon, mode: "0750"}
          - file: {path: /srv/removed, state: absent}
          - directory: {path: /srv/empty, state: absent}
          - directory: {path: /srv/tree, recursive: true, files: {mode: "0640", group: daemon}, directories: {mode: "0750"}}
      - id: parameters
        ensure:
          - sysctl: {set: {net.ipv4.tcp_syncookies: 1, net.ipv4.conf.default.rp_filter: 1}}
    \(audit)\(live)
    """.write(toFile: playbook, atomically: true, encoding: .utf8)
  }

  /// Everything that the sweep compares, times of files included.
  func snapshot() -> Picture {
    var parameters: [String: String] = [:]
    if root == "/", let names = try? Shell.run("find /proc/sys/net -type f -perm -600") {
      for name in names.split(separator: "\n") {
        parameters[String(name)] = try? String(contentsOfFile: String(name), encoding: .utf8)
      }
      if ProcessInfo.processInfo.environment["HARDEN_CRASH_AUDIT"] == "1" {
        parameters["audit"] = try? Shell.run(
          "auditctl -l; auditctl -s | grep -E 'enabled|failure|_limit'; cat /sys/kernel/rcu_expedited"
        )
      }
      parameters["mounts"] = try? Shell.run(
        "findmnt -rno TARGET,VFS-OPTIONS | grep -E '^/(mnt|srv)'")
    }
    return Picture(
      trees: compared.map { TreeSnapshot($0.isEmpty ? root : "/" + $0) }, parameters: parameters)
  }

  /// A host at one moment.
  struct Picture {
    var trees: [TreeSnapshot]
    var parameters: [String: String]

    /// What differs from `other`; without times when `timeless`.
    func differences(from other: Picture, timeless: Bool = false) -> [String] {
      zip(trees, other.trees).flatMap { $0.differences(from: $1, timeless: timeless) }
        + Set(parameters.keys).union(other.parameters.keys).sorted().compactMap {
          parameters[$0] == other.parameters[$0]
            ? nil : "\($0): \(other.parameters[$0] ?? "absent") -> \(parameters[$0] ?? "absent")"
        }
    }
  }
}
