import Foundation
import HardenTestSupport
import Testing

/// Planning writes nothing and starts nothing, whoever asks.
struct ReadOnlyTests {
  /// Everything that a plan may ask of the kernel; opening and writing are looked at more closely.
  private static let allowed: Set<Substring> = [
    "execve", "brk", "mmap", "munmap", "mprotect", "madvise", "mremap", "read", "pread64",
    "readlink",
    "readlinkat", "close", "close_range", "fstat", "newfstatat", "statx", "lseek", "getdents64",
    "access",
    "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "prlimit64", "getrandom", "futex",
    "rt_sigaction", "rt_sigprocmask", "sigaltstack", "umask", "chdir", "getcwd", "uname", "geteuid",
    "getuid", "getpid", "gettid", "exit_group", "dup", "fcntl", "statfs", "fstatfs", "getxattr",
    "fgetxattr", "listxattr", "flistxattr", "clock_gettime", "sysinfo", "sched_getaffinity", "poll",
    "recvfrom",
  ]

  /// The calls of a trace that could change something, or that nobody expects of a plan.
  private func offences(_ trace: String) -> [String] {
    trace.split(separator: "\n").filter { line in
      let call = line.drop { $0.isNumber || $0 == " " }
      if call.hasPrefix("+++") || call.hasPrefix("---") { return false }
      switch call.prefix(while: { $0 != "(" }) {
      case "open", "openat", "openat2":
        return ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].contains { call.contains($0) }
          && !call.contains("\"/dev/null\"")
      case "write": return !call.hasPrefix("write(1,") && !call.hasPrefix("write(2,")
      // A library that is linked in asks at the start what the process may do.
      case "prctl":
        return ![
          "PR_CAPBSET_READ", "PR_GET_", "PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET",
          "PR_SET_NO_NEW_PRIVS, 1", "PR_SET_DUMPABLE, SUID_DUMP_DISABLE",
        ].contains { call.hasPrefix("prctl(\($0)") }
      // What it gives up for good, and what it asks the kernel's audit system before.
      case "landlock_create_ruleset", "landlock_restrict_self", "seccomp", "capget", "poll",
        "recvfrom":
        return false
      case "capset":
        return !call.contains("{effective=1<<CAP_DAC_READ_SEARCH|1<<CAP_SYS_PTRACE, ")
      // The audit system is asked for its state (AUDIT_GET) and its rules (AUDIT_LIST_RULES), and the
      // network for the rules that choose among its tables of routes (RTM_GETRULE).
      case "socket": return !call.contains("NETLINK_AUDIT") && !call.contains("NETLINK_ROUTE")
      // It makes room for the answer.
      case "setsockopt": return !call.contains("SO_RCVBUF")
      case "sendto":
        return ![
          "=0x3f5 ", "=AUDIT_LIST_RULES,", "=0x3e8 ", "=AUDIT_GET,", "=0x22 ", "=RTM_GETRULE,",
        ].contains { call.contains("nlmsg_type\($0)") }
      case "ioctl": return !call.contains("TCGETS") && !call.contains("FS_IOC_GETFLAGS")
      case let name: return !Self.allowed.contains(name)
      }
    }.map(String.init)
  }

  private func trace(_ scratch: borrowing Scratch, _ words: [String]) throws -> String {
    let ended = try Launch(
      "/usr/bin/strace", ["-f", "-o", "\(scratch.path)/trace", Program.path] + words, captures: true
    )
    #expect(ended.status == 0, "\(ended.output)")
    return scratch.text("trace") ?? ""
  }

  /// Expects the seal to be made before `playbook` is opened and to be finished.
  private func requireSeal(_ trace: String, before playbook: String) throws {
    let lines = trace.split(separator: "\n")
    let of = { (text: String) in lines.indices.filter { lines[$0].contains(text) } }
    let opened = try #require(of("\(playbook)\"").first { lines[$0].contains("open") })
    for call in ["landlock_restrict_self(", "seccomp(SECCOMP_SET_MODE_FILTER"] {
      #expect(try #require(of(call).first, "\(call)") < opened)
    }
    #expect(of("seccomp(SECCOMP_SET_MODE_FILTER").count == 2)
    #expect(of("capset(").contains { $0 > opened })
  }

  @Test func `plan makes no writing system call, and apply would be caught`() throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n      - file: {path: /etc/new, content: x}\n"
    )
    let baseline = Snapshot.repository.appending(path: "Playbooks/server-baseline.yaml").path()
    let plan = try trace(scratch, ["plan", baseline])
    #expect(offences(plan) == [])
    try requireSeal(plan, before: "server-baseline.yaml")
    #expect(getuid() != 0 || plan.contains("prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE)"))
    print(
      "system calls of a plan: \(plan.split(separator: "\n").count), writing ones: \(offences(plan).count)"
    )
    let root = ["--root", "\(scratch.path)/root", "--state", "\(scratch.path)/state"]
    #expect(offences(try trace(scratch, ["plan", "\(scratch.path)/p.yaml"] + root)) == [])
    let apply = try trace(scratch, ["apply", "\(scratch.path)/p.yaml", "--yes"] + root)
    #expect(!offences(apply).isEmpty)
    // The child that plans is sealed, and the process that writes is not.
    let child = try #require(
      apply.split(separator: "\n").first { $0.contains("landlock_restrict_self") }?.prefix {
        $0 != " "
      })
    let (theirs, ours) = apply.split(separator: "\n").reduce(into: ("", "")) { parts, line in
      if line.hasPrefix("\(child) ") { parts.0 += line + "\n" } else { parts.1 += line + "\n" }
    }
    try requireSeal(theirs, before: "p.yaml")
    // It gives its plan to a pipe; the second halves of calls that were interrupted are known.
    #expect(
      offences(theirs.replacing(" write(", with: " pread64(")).filter { !$0.contains(" resumed>") }
        == [])
    #expect(!ours.contains("seccomp(SECCOMP_SET_MODE_FILTER"))
  }

  @Test func `an ordinary user sees what that user may read, and changes nothing`() throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      "harden: 1\nname: p\ncontrols:\n  - id: a\n    ensure:\n      - file: {path: /etc/hidden/file, owner: root}\n      - file: {path: /etc/passwd, owner: root}\n  - id: b\n    ensure:\n      - file: {path: /etc/passwd, mode: \"0600\"}\n"
    )
    scratch.write("root/etc/hidden/file", "x")
    try Shell.run("chmod 700 \(scratch.path)/root/etc/hidden; chmod 755 \(scratch.path)")
    let before = scratch.tree()
    let nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", Program.path]
    let root = ["--root", "\(scratch.path)/root", "--state", "\(scratch.path)/state"]
    let plan = try Launch(
      "/usr/bin/setpriv", nobody + ["plan", "\(scratch.path)/p.yaml", "--full"] + root,
      captures: true)
    #expect(plan.status == 0, "\(plan.output)")
    #expect(plan.output.contains("unmeasured"), "\(plan.output)")
    let apply = try Launch(
      "/usr/bin/setpriv", nobody + ["apply", "\(scratch.path)/p.yaml", "--yes"] + root,
      captures: true)
    #expect(apply.status == 77, "\(apply.status) \(apply.output)")
    #expect(scratch.tree().differences(from: before) == [])
  }
}
