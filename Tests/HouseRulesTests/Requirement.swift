/// Something that a kind of host is asked to hold; controls cite it as `requirement`.
struct Requirement {
  /// As controls cite it.
  var id: String
  /// What is asked for.
  var title: String
  /// Of which playbook it is asked first.
  var playbook: String
  /// What of it harden itself answers, where that is no control.
  var answer: String?
  /// What of it comes later, and what it waits for; nothing that this build has.
  var later: [String]

  init(
    _ id: String, _ title: String, of playbook: String, answer: String? = nil,
    later: [Later] = []
  ) {
    self.id = id
    self.title = title
    self.playbook = playbook
    self.answer = answer
    self.later = later.filter(\.isMissing).map(\.text)
  }

  /// Everything that the playbooks of the library are asked for.
  static let all = [
    Requirement(
      "kernel-isolation", "The kernel hides its addresses, and nobody makes namespaces",
      of: "go-build-host"),
    Requirement(
      "isolation-proved", "It is tried that nobody makes namespaces any more",
      of: "go-build-host",
      answer: "a canary, an unprivileged user who must be refused, after each apply"),
    Requirement(
      "small-network-stack", "IPv6 is off where it is not wanted, and ICMP is limited",
      of: "go-build-host"),
    Requirement(
      "build-account", "Builds have an account that nobody logs in to", of: "go-build-host"),
    Requirement(
      "capability-not-root", "Single capabilities and access lists replace root",
      of: "go-build-host",
      answer: "`harden drift` shows a capability that was lost"),
    Requirement(
      "build-mount-flags", "Programs run only where building needs it", of: "go-build-host"),
    Requirement(
      "toolchain-audit", "Changes of the toolchain, its runs and its cache leave a trail",
      of: "go-build-host"),
    Requirement(
      "audit-retention", "The trail is loaded, found, kept for 180 days and forwarded",
      of: "go-build-host"),
    Requirement(
      "mandatory-access-control", "SELinux or AppArmor confines toolchain and services",
      of: "go-build-host", later: [Later("AppArmor profiles", kind: "apparmor_profile")]),
    Requirement(
      "compliance-matrix", "Every control cites its standards, clause by clause",
      of: "go-build-host", answer: "`harden report --matrix STANDARD`, and the table below"),
    Requirement(
      "evidence-in-pipelines", "Pipelines get exit codes and evidence that machines read",
      of: "go-build-host",
      answer:
        "exit codes, and `--report` as JUnit, SARIF, JSON, OSCAL and more; `harden drift` by its timer"
    ),
    Requirement(
      "toolchain-ownership", "The toolchain belongs to root alone", of: "go-toolchain",
      later: [Later("a user's own copy of listed folders of the toolchain", kind: "artifact")]),
    Requirement(
      "read-only-toolchain", "The toolchain is mounted read-only", of: "go-toolchain"),
    Requirement(
      "toolchain-admission", "Only releases that were admitted and verified are used",
      of: "go-toolchain",
      later: [Later("signatures and unpacking", kind: "artifact")]),
    Requirement(
      "static-toolchain",
      "The go command is static, programs are built without C and loaded anywhere",
      of: "go-toolchain"),
    Requirement(
      "go-environment", "Where modules come from and what is checked is explicit for everybody",
      of: "go-toolchain"),
    Requirement(
      "no-leftover-proxies", "No proxy is left over in profiles, and servers tell no versions",
      of: "go-toolchain"),
    Requirement(
      "offline-modules", "Modules are verified without a way out", of: "go-toolchain",
      later: [Later("sums of a whole cache: a probe `digest` of trees")]),
    Requirement(
      "policy-guard", "A policy says which values and versions are allowed at all",
      of: "go-toolchain",
      later: [
        Later("a policy over the plan; until then types and bounds of variables refuse values")
      ]),
    Requirement(
      "fips-mode", "Kernel, OpenSSL and Go use validated cryptography", of: "go-runtime-fips",
      later: [Later("turning it on", kind: "kernel_argument")]),
    Requirement(
      "staged-rollout", "Risky changes reach hosts in stages and go back by themselves",
      of: "go-runtime-fips",
      answer: "of one host: `canary:`, `apply --confirm-within` and `rollback`",
      later: [
        Later(
          "stages over a fleet, with thresholds, a pause and notice to every host; until then the tool that reaches the hosts runs `apply --expect-plan` on each"
        )
      ]),
    Requirement(
      "watched-environment", "Changes of what programs are told leave a trail",
      of: "go-runtime-fips", answer: "`harden drift` compares them at any time"),
    Requirement(
      "confined-services", "Services see their own data and nothing else",
      of: "go-runtime-fips"),
    Requirement(
      "container-daemon", "The daemon of containers gives them little", of: "container-host"),
    Requirement(
      "node-files", "Files and certificates of a Kubernetes node are closed",
      of: "container-host"),
    Requirement(
      "intrusion-detection", "Break-ins leave traces that somebody sees", of: "container-host"),
    Requirement(
      "rate-limits", "Floods use up neither connections nor disks", of: "container-host",
      later: [Later("limits of the firewall", kind: "firewall")]),
    Requirement(
      "signed-artifacts", "Programs and images are signed, with a list of what is in them",
      of: "container-host", later: [Later("verifying them on the host", kind: "artifact")]),
  ]
}
