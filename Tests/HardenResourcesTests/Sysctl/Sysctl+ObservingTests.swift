import Foundation
import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite(.enabled(if: Namespace.isAvailable)) struct SysctlObservingTests {
  private func observe(_ key: String, _ value: String, missing: Bool = true) throws -> Observation {
    try Sysctl(SysctlKey(name: key), SysctlWanted(value), isMissingAllowed: missing)
      .observe(Host(), for: .test)
  }

  private func write(_ value: String, _ key: String) throws {
    try Data(value.utf8).write(to: URL(filePath: "/proc/sys/\(SysctlKey(name: key).path)"))
  }

  @Test func `the kernel, the file and the next boot are three planes`() throws {
    try Namespace.run {
      try BootTree.mountPlaces()
      try write("0", "net.ipv4.tcp_syncookies")
      let observation = try observe("net.ipv4.tcp_syncookies", "1")
      #expect(observation.standing == .measured)
      #expect(observation.lines == ["now 0 -> 1", "file - -> 1", "boot - -> 1"])
      #expect(
        observation.steps.first
          == .setSysctl(
            SetSysctl(SysctlKey(path: "net/ipv4/tcp_syncookies"), before: "0", after: "1")))

      let after = try Host().after(observation.steps, contents: [:])
      let again = try Sysctl(SysctlKey(name: "net.ipv4.tcp_syncookies"), SysctlWanted("1"))
        .observe(after, for: .test)
      #expect(again.holds)
      #expect(again.steps.isEmpty)
    }
  }

  @Test func `without persist the running kernel is the only plane`() throws {
    try Namespace.run {
      try BootTree.mountPlaces()
      try write("0", "net.ipv4.tcp_syncookies")
      let key = SysctlKey(name: "net.ipv4.tcp_syncookies")
      let unkept = { (value: String) in
        try Sysctl(key, SysctlWanted(value), isPersistent: false).observe(Host(), for: .test)
      }
      #expect(try unkept("0").holds)
      let differing = try unkept("1")
      #expect(differing.lines == ["now 0 -> 1"])
      #expect(differing.steps == [.setSysctl(SetSysctl(key, before: "0", after: "1"))])
      #expect(try !observe("net.ipv4.tcp_syncookies", "0").holds)
    }
  }

  @Test func `without persist an image has nothing to compare`() throws {
    let root = try TemporaryRoot()
    let sysctl = Sysctl(SysctlKey(path: "kernel/sysrq"), SysctlWanted("4"), isPersistent: false)
    guard case .unmeasured = try sysctl.observe(Host(root: root.path), for: .test).standing else {
      Issue.record("an image has no running kernel")
      return
    }
  }

  @Test func `what the kernel changes along is in the step`() throws {
    try Namespace.run {
      try BootTree.mountPlaces()
      try write("1", "net.ipv4.ip_forward")
      try write("0", "net.ipv4.conf.all.accept_redirects")
      let observation = try observe("net.ipv4.ip_forward", "0")
      guard case .setSysctl(let order)? = observation.steps.first else {
        Issue.record("no step")
        return
      }
      let along = order.effects.map { "\($0.key) \($0.before)>\($0.after)" }.sorted()
      #expect(
        along == [
          "net.ipv4.conf.all.accept_redirects 0>1", "net.ipv4.conf.all.forwarding 1>0",
          "net.ipv4.conf.default.forwarding 1>0", "net.ipv4.conf.lo.forwarding 1>0",
        ])
      #expect(observation.notes.count == 4)
    }
  }

  @Test func `what cannot be compared or would be taken in part is refused or left out`() throws {
    try Namespace.run {
      try BootTree.mountPlaces()
      #expect(
        try observe("net.ipv4.nothing", "1").standing
          == .notApplicable("unsupported: the kernel has no such key"))
      guard case .refused = try observe("net.ipv4.nothing", "1", missing: false).standing else {
        Issue.record("a key that is insisted upon")
        return
      }
      #expect(
        try observe("net.ipv4.conf.nothing*.rp_filter", "1").standing
          == .notApplicable("unsupported: the kernel has no key that matches"))
      #expect(
        try observe("net.ipv4.tcp_syncookies", "1 2").standing
          == .refused("'1 2' is 2 numbers, and net.ipv4.tcp_syncookies holds one number"))
      #expect(
        try observe("net.ipv4.tcp_syncookies", "true").standing
          == .refused("'true' is not a number, and net.ipv4.tcp_syncookies holds one number"))
      #expect(
        try observe("net.ipv4.ip_local_port_range", "1024").standing
          == .refused("'1024' is one number, and net.ipv4.ip_local_port_range holds 2 numbers"))
      guard case .refused(let why) = try observe("net.ipv4.route.flush", "1").standing else {
        Issue.record("a key that can only be written")
        return
      }
      #expect(why.contains("only be written"))
      #expect(try observe("kernel.ostype", "Linux").holds)
      #expect(
        try observe("kernel.ostype", "Plan9").standing
          == .refused("the kernel lets nobody change it"))
    }
  }

  @Test func `a list of ports is compared as the kernel keeps it`() throws {
    try Namespace.run {
      try BootTree.mountPlaces()
      try write("8080,1,2,3\n", "net.ipv4.ip_local_reserved_ports")
      let observation = try observe("net.ipv4.ip_local_reserved_ports", "1-3,8080")
      #expect(observation.planes[0].holds)
      #expect(try observe("net.ipv4.ip_local_reserved_ports", "1-3").standing == .measured)
    }
  }

  /// A file stands in front of a parameter that no kernel takes back.
  @Test(.enabled(if: Namespace.isAvailable))
  func `what the kernel does not take back waits for the next boot`() throws {
    let found = try Namespace.run {
      let root = try TemporaryRoot()
      root.write("/key", "1\n")
      try Namespace.bind(root.outside("/key"), at: "/proc/sys/kernel/unprivileged_bpf_disabled")
      return try [true, false].map { keeps in
        try Sysctl(
          SysctlKey(path: "kernel/unprivileged_bpf_disabled"), SysctlWanted("0"),
          isPersistent: keeps
        ).observe(Host(), for: .test)
      }
    }
    #expect(found[0].planes.first?.awaits == .reboot)
    #expect(!found[0].steps.contains { if case .setSysctl = $0 { true } else { false } })
    #expect(
      found[1].standing == .refused("the kernel does not take 1 back before the next boot"))
  }

  @Test func `one-way values say so`() throws {
    let key = SysctlKey(path: "kernel/unprivileged_bpf_disabled")
    #expect(key.isOneWay("1"))
    #expect(!key.isOneWay("2"))
  }

  @Test func `one-way values have a note, and another that can be taken back is named`() throws {
    let notes = { (key: String, value: String) in
      try Namespace.run {
        try BootTree.mountPlaces()
        // The machine's own are out of sight.
        try Namespace.mountEmpty("/proc/sys/kernel")
        try Shell.run(
          "cd /proc/sys/kernel; mkdir yama; echo 1 > yama/ptrace_scope; echo 0 > unprivileged_bpf_disabled"
        )
        return try observe(key, value).notes
      }
    }
    let isOneWay = "the kernel does not take this back before the next boot"
    #expect(
      try notes("kernel.unprivileged_bpf_disabled", "1") == [
        isOneWay, "2 forbids the same and can be taken back",
      ])
    #expect(try notes("kernel.unprivileged_bpf_disabled", "2") == [])
    #expect(
      try notes("kernel.yama.ptrace_scope", "3") == [
        isOneWay, "2 forbids it to all but administrators and can be taken back",
      ])
    #expect(try notes("kernel.yama.ptrace_scope", "2") == [])
  }
}
