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
  /// What of it comes later, and why.
  var later: String?

  init(
    _ id: String, _ title: String, of playbook: String, answer: String? = nil,
    later: String? = nil
  ) {
    self.id = id
    self.title = title
    self.playbook = playbook
    self.answer = answer
    self.later = later
  }

  /// Everything that the playbooks of the library are asked for.
  static let all = [
    Requirement(
      "kernel-isolation", "The kernel hides its addresses, and nobody makes namespaces",
      of: "go-build-host",
      answer: "a canary tries after each apply whether a namespace can still be made"),
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
      of: "go-build-host", later: "AppArmor profiles: the kind `apparmor_profile`"),
    Requirement(
      "compliance-matrix", "Every control cites its standards, clause by clause",
      of: "go-build-host", answer: "`harden report --matrix STANDARD`, and the table below"),
    Requirement(
      "evidence-in-pipelines", "Pipelines get exit codes and evidence that machines read",
      of: "go-build-host",
      answer: "exit codes, and `--report` as JUnit, SARIF, JSON, OSCAL and more; `harden drift`"),
    Requirement(
      "toolchain-ownership", "The toolchain belongs to root alone", of: "go-toolchain"),
    Requirement(
      "read-only-toolchain", "The toolchain is mounted read-only", of: "go-toolchain"),
    Requirement(
      "toolchain-admission", "Only releases that were admitted and verified are used",
      of: "go-toolchain",
      later: "signatures and unpacking: the kind `artifact`"),
    Requirement(
      "static-toolchain", "The go command is static, and programs are built without C",
      of: "go-toolchain"),
    Requirement(
      "go-environment", "Where modules come from and what is checked is explicit for everybody",
      of: "go-toolchain"),
    Requirement(
      "no-leftover-proxies", "No proxy is left over in profiles, and servers tell no versions",
      of: "go-toolchain"),
    Requirement(
      "offline-modules", "Modules are verified without a way out", of: "go-toolchain",
      later: "sums of a whole cache: a probe `digest` of trees"),
    Requirement(
      "policy-guard", "A policy says which values and versions are allowed at all",
      of: "go-toolchain",
      later: "a policy over the plan; until then types and bounds of variables refuse values"),
    Requirement(
      "fips-mode", "Kernel, OpenSSL and Go use validated cryptography", of: "go-runtime-fips",
      later: "turning it on: the kind `kernel_argument`"),
    Requirement(
      "staged-rollout", "Risky changes reach hosts in stages and go back by themselves",
      of: "go-runtime-fips", answer: "`canary:`, `apply --confirm-within` and `rollback`"),
    Requirement(
      "watched-environment", "Changes of what programs are told leave a trail",
      of: "go-runtime-fips", answer: "`harden drift` compares them at any time"),
    Requirement(
      "confined-services", "Services see their own data and nothing else",
      of: "go-runtime-fips", later: "reading what runs back: `sandbox` of the kind `service`"),
    Requirement(
      "container-daemon", "The daemon of containers gives them little", of: "container-host"),
    Requirement(
      "node-files", "Files and certificates of a Kubernetes node are closed",
      of: "container-host"),
    Requirement(
      "intrusion-detection", "Break-ins leave traces that somebody sees", of: "container-host"),
    Requirement(
      "rate-limits", "Floods use up neither connections nor disks", of: "container-host",
      later: "limits of the firewall: the kind `firewall`"),
    Requirement(
      "signed-artifacts", "Programs and images are signed, with a list of what is in them",
      of: "container-host", later: "verifying them on the host: probes of artifacts"),
  ]
}
