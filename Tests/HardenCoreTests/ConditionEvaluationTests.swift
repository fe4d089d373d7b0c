import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct ConditionEvaluationTests {
  private let root: TemporaryRoot
  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/os-release", "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\n")
    root.write("/etc/hostname", "build\n")
    root.write("/usr/bin/tool", "", mode: 0o755)
  }

  private func outcome(_ condition: Condition) throws -> Condition.Outcome {
    condition.evaluate(on: try Host(root: root.path))
  }

  private func test(_ test: Condition.Test, _ values: String...) -> Condition {
    .test(test, values: values)
  }

  @Test func `what is there holds, what is not fails with its words`() throws {
    #expect(try outcome(test(.exists, "/none", "/etc/hostname")) == .holds)
    #expect(try outcome(test(.exists, "/srv/go")) == .fails("exists /srv/go is false"))
    #expect(try outcome(test(.command, "tool")) == .holds)
    #expect(try outcome(test(.unit, "ssh")) == .fails("unit ssh is false"))
    root.link("/dangling", to: "/nowhere")
    #expect(try outcome(test(.exists, "/dangling")) == .fails("exists /dangling is false"))
  }

  @Test func `facts are compared, families by descent, versions by number`() throws {
    #expect(try outcome(test(.os, "ubuntu")) == .holds)
    #expect(try outcome(test(.os, "debian")) == .fails("os is ubuntu, not debian"))
    #expect(try outcome(test(.osFamily, "debian")) == .holds)
    #expect(try outcome(test(.osFamily, "rhel")) == .fails("os_family is ubuntu, debian, not rhel"))
    #expect(try outcome(test(.osVersion, ">=22", "12")) == .holds)
    #expect(try outcome(test(.osVersion, "22.04")) == .fails("os_version is 24.04, not 22.04"))
    #expect(try outcome(test(.fact("hostname"), "build")) == .holds)
    #expect(
      try outcome(test(.variable(name: "role", value: "web"), "db"))
        == .fails("role is web, not db"))
  }

  @Test func `what cannot be read is neither true nor false`() throws {
    let unknown = test(.kernel, "6")
    let holds = test(.os, "ubuntu")
    let fails = test(.os, "rhel")
    let isUnmeasured = { (condition: Condition) in
      if case .unmeasured = try self.outcome(condition) { true } else { false }
    }
    #expect(try isUnmeasured(unknown))
    #expect(try isUnmeasured(.not(unknown)))
    #expect(try isUnmeasured(.all([unknown, holds])))
    #expect(try isUnmeasured(.any([unknown, fails])))
    #expect(try isUnmeasured(test(.package, "chrony")))
    // One answer is enough where the rest cannot change it.
    #expect(try outcome(.all([unknown, fails])) == .fails("os is ubuntu, not rhel"))
    #expect(try outcome(.any([unknown, holds])) == .holds)
  }

  @Test func `all, any and not combine`() throws {
    let holds = test(.os, "ubuntu")
    let fails = test(.os, "rhel")
    #expect(try outcome(.all([holds, holds])) == .holds)
    #expect(try outcome(.all([])) == .holds)
    #expect(try outcome(.any([])) != .holds)
    #expect(
      try outcome(.any([fails, fails])) == .fails("os is ubuntu, not rhel; os is ubuntu, not rhel"))
    #expect(try outcome(.not(holds)) == .fails("os is ubuntu"))
    #expect(try outcome(.not(fails)) == .holds)
  }

  @Test func `a module counts where a line of the login stack names it`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/pam.d/login", "@include common-auth\n# auth required pam_tally2.so\n")
    root.write(
      "/etc/pam.d/common-auth", "auth [success=1 default=ignore] /lib/security/pam_unix.so nullok\n"
    )
    let host = try Host(root: root.path)
    #expect(test(.pamModule, "pam_unix.so").evaluate(on: host) == .holds)
    #expect(
      test(.pamModule, "pam_tally2.so").evaluate(on: host)
        == .fails("pam_module pam_tally2.so is false"))
  }

  @Test func `the running host has some kind of machine`() throws {
    let host = try Host()
    let isInside = test(.container, "true").evaluate(on: host) == .holds
    let isNot = test(.container, "false").evaluate(on: host) == .holds
    #expect(isInside != isNot)
    #expect(test(.kernel, ">=3").evaluate(on: host) == .holds)
    #expect(test(.mounted, "/proc").evaluate(on: host) == .holds)
  }
}
