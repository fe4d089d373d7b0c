import Foundation
import HardenTestSupport
import Testing

@Suite struct PlanVerbTests {
  @Test func `a plan says what, why, from what to what, and what to type next`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("plan", "playbook.yaml")
    #expect(result.status == 0 && result.messages.isEmpty, "\(result)")
    for part in [
      "compared 1 control, 1 resource with \(host.path("root")): 1 differs",
      "+ file[/etc/banner]  banner  playbook.yaml:7", "undo  exact", "1 to create",
      "next: harden apply playbook.yaml --root \(host.path("root")) --expect-plan ",
    ] { #expect(result.output.contains(part), "\(part)\n\(result)") }
    #expect(host.text("root/etc/banner") == nil)
    #expect(!FileManager.default.fileExists(atPath: host.path("root/var")))
  }

  @Test func `the detailed code tells changes from none`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    #expect(try host.harden("plan", "playbook.yaml", "--detailed-exitcode").status == 2)
    #expect(try host.harden("apply", "playbook.yaml", "--yes").status == 0)
    #expect(try host.harden("plan", "playbook.yaml", "--detailed-exitcode").status == 0)
    try host.write("root/etc/banner", "Welcome\n")
    let drifted = try host.harden("plan", "playbook.yaml", "--detailed-exitcode")
    #expect(drifted.status == 5 && drifted.output.contains("since run 1 had set it"), "\(drifted)")
  }

  @Test func `JSON has the same code and never a content`() throws {
    let host = try RootedHost(playbook: RootedHost.banner("a very secret text"))
    let result = try host.harden("plan", "playbook.yaml", "--format", "json", "--detailed-exitcode")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect((object?["exit"] as? [String: Any])?["code"] as? Int32 == result.status)
    let plan = try #require(object?["plan"] as? [String: Any])
    #expect((plan["changes"] as? [Any])?.count == 1)
    #expect(!result.output.contains("very secret"))
  }

  @Test func `a saved plan is for its owner and says how to apply it`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("plan", "playbook.yaml", "--out", "x.plan")
    #expect(result.output.contains("next: harden apply x.plan --root "), "\(result)")
    let mode = try FileManager.default.attributesOfItem(atPath: host.path("x.plan"))[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    let again = try host.harden("plan", "playbook.yaml", "--out", "x.plan")
    #expect(again.status == 0)
  }

  @Test func `a plan is saved over nothing but a file`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("plan", "playbook.yaml", "--out", "root")
    #expect(result.status == 1 && result.messages.contains("no regular file"), "\(result)")
  }

  @Test func `nothing selected is no success`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("plan", "playbook.yaml", "--except", "banner")
    #expect(result.status == 3, "\(result)")
  }

  @Test func `an ordinary user can plan`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      """
      chmod 755 . root root/etc; chmod 644 playbook.yaml root/etc/*
      cp "$HARDEN" ./harden; setpriv --reuid 65534 --regid 65534 --clear-groups \
      ./harden plan playbook.yaml --root root
      """, in: host.folder.path())
    #expect(result.status == 0 && result.output.contains("next: sudo harden apply"), "\(result)")
  }

  @Test func `planning makes no writing system call`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      """
      strace -f -o trace -e trace=%file,%desc,%process,%network \
      "$HARDEN" plan playbook.yaml --root root > /dev/null
      """, in: host.folder.path())
    #expect(result.status == 0, "\(result)")
    let trace = try #require(host.text("trace"))
    let writing = trace.split(separator: "\n").filter { line in
      line.contains(
        /(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC)|\b(rename|unlink|mkdir|link|symlink|chmod|chown|truncate|setxattr|removexattr|mount|utimensat|socket|fork|vfork|clone)\w*\(/
      ) && !line.contains("/dev/null")
    }
    #expect(trace.contains("openat2(") && writing.isEmpty, "\(writing.joined(separator: "\n"))")
    let started = trace.split(separator: "\n").filter { $0.contains("execve(") }
    #expect(started.allSatisfy { $0.contains(Program.path) || $0.contains("/proc/self/exe") })
  }
}
