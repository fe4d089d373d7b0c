import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

/// Labels are plain attributes where no policy is in force, so an image shows everything but the
/// kernel's own answers.
@Suite struct SELinuxContextObservingTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=test\n")
    root.write(
      "/etc/selinux/test/contexts/files/file_contexts",
      "/.*    system_u:object_r:default_t:s0\n/srv/tool    --    system_u:object_r:bin_t:s0\n")
    root.write("/var/lib/selinux/test/active/file_contexts", "", mode: 0o600)
    root.write("/srv/tool", "#!")
    root.write("/srv/d/a", "")
    root.write("/srv/d/e/b", "")
    try label("/srv/tool", "system_u:object_r:default_t:s0")
  }

  private func label(_ path: String, _ label: String) throws {
    try Shell.run("setfattr -n security.selinux -v '\(label)\\000' \(root.outside(path))")
  }

  private func observe(_ yaml: String) throws -> Observation {
    let entry = try Entry<SELinuxContext>(yaml)
    #expect(entry.messages == [])
    let one = try #require(entry.resources.first)
    let observation = try one.observe(Host(root: root.path), for: .test)
    if !observation.steps.isEmpty {
      let planned = try Host(root: root.path).after(observation.steps, contents: [:])
      let again = try one.observe(planned, for: .test)
      #expect(again.holds && again.steps.isEmpty, "\(again)")
    }
    return observation
  }

  @Test func `one part of a label changes and the others stay`() throws {
    #expect(
      try observe("{path: /srv/tool, type: bin_t}").lines
        == ["file system_u:object_r:default_t:s0 -> system_u:object_r:bin_t:s0"])
    try label("/srv/tool", "staff_u:object_r:bin_t:s0")
    #expect(try observe("{path: /srv/tool, type: bin_t}").holds)
  }

  @Test func `a relabel that would undo it is told, and a rule prevents it`() throws {
    let plain = try observe("{path: /srv/d/a, type: bin_t}")
    #expect(
      plain.notes == [
        "a relabel gives it system_u:object_r:default_t:s0 again; persist: true keeps it"
      ])
    let kept = try observe("{path: /srv/d/a, type: bin_t, persist: true}")
    #expect(kept.lines.last == "boot system_u:object_r:default_t:s0 -> system_u:object_r:bin_t:s0")
    #expect(
      kept.steps.map(\.target) == [
        "/srv/d/a", "/etc/selinux/test/contexts/files/file_contexts.local",
        "/var/lib/selinux/test/active/file_contexts.local",
      ])
  }

  @Test func `a rule that is there is believed only when the library agrees`() throws {
    for path in ["/srv/d", "/srv/d/a", "/srv/d/e", "/srv/d/e/b"] {
      try label(path, "system_u:object_r:bin_t:s0")
    }
    let line = "/srv/d(/.*)?    system_u:object_r:bin_t:s0\n"
    let local = "/etc/selinux/test/contexts/files/file_contexts.local"
    for path in [local, "/var/lib/selinux/test/active/file_contexts.local"] {
      root.write(path, line)
    }
    let yaml = "{path: /srv/d, type: bin_t, recursive: true, persist: true}"
    #expect(try observe(yaml).holds)
    root.write(local, line + "/srv/d    -d    system_u:object_r:other_t:s0\n")
    #expect(
      try observe(yaml).standing
        == .refused("another rule comes after the one in \(local) and wins; take it out"))
  }

  @Test func `everything below is labelled, links left alone`() throws {
    root.link("/srv/d/link", to: "a")
    let observation = try observe("{path: /srv/d, type: bin_t, recursive: true}")
    #expect(
      Set(observation.steps.map(\.target)) == ["/srv/d", "/srv/d/a", "/srv/d/e", "/srv/d/e/b"])
  }

  @Test func `what containers use is named when it would lose their label`() throws {
    root.write(
      "/etc/containers/systemd/web.container", "[Container]\nVolume=/srv/d/e:/www\n")
    let yaml = "{path: /srv/d, type: bin_t, recursive: true}"
    #expect(
      try observe(yaml).risks == [
        "files of /srv/d/e, which web.container gives its container "
          + "(/etc/containers/systemd/web.container:2) would have a label that SELinux lets containers "
          + "hardly use"
      ])
    #expect(try observe("{path: /srv/d, type: bin_t}").risks == [], "it stays as it is")
    root.write(
      "/etc/selinux/test/contexts/files/file_contexts",
      "/.*    system_u:object_r:container_file_t:s0\n")
    #expect(try observe(yaml.replacing("bin_t", with: "container_file_t")).risks == [])
  }

  @Test func `unknown types, links and missing files are refused`() throws {
    root.link("/srv/link", to: "tool")
    for (yaml, why) in [
      ("{path: /srv/tool, type: bni_t}", "no rule of the policy 'test' names the type bni_t"),
      ("{path: /srv/link, type: bin_t}", "it is a link to tool; name its target"),
      (
        "{path: /srv/none, type: bin_t}",
        "there is no such file; make it first, or say if_missing: skip"
      ),
    ] { #expect(try observe(yaml).standing == .refused(why), "\(yaml)") }
    #expect(
      try observe("{path: /srv/none, type: bin_t, if_missing: skip}").standing
        == .notApplicable("there is no /srv/none"))
  }

  @Test(arguments: ["SELINUX=disabled\nSELINUXTYPE=test\n", "SELINUXTYPE=\n", nil])
  func `without SELinux it is not applicable`(config: String?) throws {
    try Shell.run("rm \(root.outside("/etc/selinux/config"))")
    if let config { root.write("/etc/selinux/config", config) }
    #expect(
      try observe("{path: /srv/tool, type: bin_t}").standing
        == .notApplicable("SELinux is off here"))
  }
}
