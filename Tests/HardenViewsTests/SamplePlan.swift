@testable import HardenModel

/// A plan with one of everything that a view must show, and hostile text in it.
enum SamplePlan {
  static let day: Int64 = 1_795_132_800  // 2026-11-20 00:00 UTC

  static let plan = make(
    controls: controls, changes: changes, steps: steps,
    orphans: [
      Orphan(
        Address(kind: "sysctl", name: "fs.suid_dumpable"), playbook: "base", control: "no-dumps",
        run: 9)
    ],
    warnings: ["the waiver of old-one ended on 2026-01-31"])

  static func make(
    kind: Plan.Kind = .apply, controls: [ControlVerdict] = [], changes: [Change] = [],
    steps: [PlannedStep] = [], orphans: [Orphan] = [], undoes: [Int] = [], root: String = "/",
    obstacles: [String] = [], warnings: [String] = []
  ) -> Plan {
    var plan = Plan(
      kind: kind, tool: "0.1.0", created: day,
      host: HostIdentity(
        machine: digest(1), boot: root == "/" ? "b007" : nil, name: "web-07", system: "debian 12",
        kernel: root == "/" ? "6.1.0-31-amd64" : nil, root: root))
    plan.id = digest(7)
    plan.playbooks = kind == .apply ? ["base"] : []
    plan.sources = kind == .apply ? [SourceFile(path: "base.yaml", sha256: digest(2))] : []
    plan.selection = Selection(only: kind == .apply ? ["kernel", "files"] : [])
    plan.controls = controls
    plan.changes = changes
    plan.orphans = orphans
    plan.steps = steps
    plan.contents = [digest(3).description: Bytes(Array("a secret content".utf8))]
    plan.resources = controls.flatMap { control in
      control.resources.map {
        ResourceRecord($0, playbook: "base", control: control.id, at: at(1), desired: Bytes([]))
      }
    }
    plan.undoes = undoes
    plan.obstacles = obstacles.map { Obstacle(.refusal, "", $0) }
    plan.warnings = warnings
    return plan
  }

  static func digest(_ byte: UInt8) -> Digest {
    Digest(bytes: Array(repeating: byte, count: 32)) ?? .zero
  }

  static func at(_ line: Int) -> SourceRange {
    SourceRange(file: "base.yaml", line: line, column: 5)
  }

  static func control(_ id: String, _ verdict: Verdict, _ reason: String? = nil, _ names: String...)
    -> ControlVerdict
  {
    ControlVerdict(
      id: id, playbook: "base", title: "What \(id) asks for", at: at(3), refs: ["cis": ["1.2"]],
      verdict: verdict, reason: reason, resources: names.compactMap { Address($0) })
  }

  static let controls = [
    control("forwarding", .differs, nil, "sysctl[net.ipv4.ip_forward]"),
    control("pointers", .drifted, nil, "sysctl[kernel.kptr_restrict]"),
    control("banner", .differs, nil, "file[/etc/motd\u{1b}[2J]"),
    control("links", .holds, nil, "sysctl[fs.protected_symlinks]"),
    control("spool", .differs, nil, "directory[/var/spool/old]", "file[/etc/shared]"),
    control("modules", .differs, nil, "sysctl[kernel.modules_disabled]"),
    control("selinux-on", .notApplicable, "SELinux is disabled"),
    control("old-one", .waived, "until 2027-03-31, owner platform: perf (SEC-4711)"),
    control("shadow", .unmeasured, "/etc/shadow: openat: Permission denied", "file[/etc/shadow]"),
    control("keys", .manual, "Compare the fingerprints."),
  ]

  static let changes = [
    Change(
      Address(kind: "sysctl", name: "kernel.kptr_restrict"), action: .update, control: "pointers",
      at: at(9),
      refs: ["cis": ["1.5.3"], "pci": ["2.2.6", "2.2.7"]],
      planes: [
        PlaneState(.now, observed: "0", wanted: "2", holds: false),
        PlaneState(
          .file, observed: "2", wanted: "2", holds: true,
          observedAt: Place("/etc/sysctl.d/60-harden.conf", line: 5)),
        PlaneState(.boot, observed: "2", wanted: "2", holds: true),
      ], reversibility: .exact, drifted: Drift(run: 14, at: day - 3 * 86_400)),
    Change(
      Address(kind: "sysctl", name: "net.ipv4.ip_forward"), action: .create, control: "forwarding",
      at: at(15),
      planes: [
        PlaneState(.now, observed: "1", wanted: "0", holds: false),
        PlaneState(
          .file, observed: nil, wanted: "0", holds: false,
          wantedAt: Place("/etc/sysctl.d/60-harden.conf")),
        PlaneState(
          .boot, observed: "1", wanted: "0", holds: false,
          observedAt: Place("/etc/sysctl.conf", line: 28),
          wantedAt: Place("/etc/sysctl.d/60-harden.conf")),
      ], reversibility: .effective, notes: ["/etc/sysctl.conf:28 is commented out"]),
    Change(
      Address(kind: "file", name: "/etc/motd\u{1b}[2J"), action: .update, control: "banner",
      at: at(21),
      planes: [
        PlaneState(.file, observed: "0664 root:adm", wanted: "0644 root:root", holds: false)
      ],
      reversibility: .exact, notes: ["content\n- Wel\u{202e}come\n+ Authorised use only\n"]),
    Change(
      Address(kind: "directory", name: "/var/spool/old"), action: .remove, control: "spool",
      at: at(30),
      planes: [PlaneState(.file, observed: "directory, empty", wanted: nil, holds: false)],
      reversibility: .none),
    Change(
      Address(kind: "sysctl", name: "kernel.modules_disabled"), action: .update, control: "modules",
      at: at(34),
      planes: [
        PlaneState(.now, observed: "0", wanted: "1", holds: false),
        PlaneState(.boot, observed: "", wanted: "1", holds: false),
      ], reversibility: .atBoot),
    Change(
      Address(kind: "file", name: "/etc/shared"), action: .refuse, control: "spool", at: at(31),
      planes: [PlaneState(.file, observed: "0644", wanted: "0600", holds: false)],
      reversibility: .exact, refusal: "the file has 3 hard links"),
  ]

  static let steps = [
    PlannedStep(
      .setSysctl(
        SetSysctl(
          SysctlKey(path: "net/ipv4/ip_forward"), before: "1", after: "0",
          effects: [
            .init(SysctlKey(path: "net/ipv4/conf/all/accept_redirects"), before: "0", after: "1"),
            .init(SysctlKey(path: "net/ipv4/conf/lo/forwarding"), before: "0", after: "0"),
          ])), for: [Address(kind: "sysctl", name: "net.ipv4.ip_forward")]),
    PlannedStep(
      .writeFile(
        WriteFile(path: "/etc/motd\u{1b}[2J", before: .absent, after: FileState(.file(digest(3))))),
      for: [Address(kind: "file", name: "/etc/motd\u{1b}[2J")]),
  ]
}
