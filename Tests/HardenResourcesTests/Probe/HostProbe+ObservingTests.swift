import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct HostProbeObservingTests {
  private let root: TemporaryRoot

  init() throws { root = try TemporaryRoot() }

  private func observe(_ text: String, root path: String? = nil) throws -> Observation {
    let entry = try Entry<HostProbe>(text)
    #expect(entry.messages == [])
    let host = try Host(root: path ?? root.path)
    let found = try #require(entry.resources.first).instances(on: host).first
    let observation = try #require(found).observe(host, for: .test)
    #expect(observation.steps.isEmpty, "a probe has no steps")
    return observation
  }

  @Test func `a digest holds, does not, or has no file`() throws {
    root.write("/f", "abc\n")
    let sum = "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb"
    let other = String(repeating: "0", count: 64)
    #expect(try observe("{digest: /f, sha256: [\(other), \(sum)]}").holds)
    let wrong = try observe("{digest: {/f: \(other)}}")
    #expect(wrong.standing == .unmet && wrong.lines == ["file \(sum) -> \(other)"])
    let none = try observe("{digest: /none, sha256: \(other)}")
    #expect(none.standing == .unmet && none.lines == ["file - -> \(other)"])
    #expect(
      try observe("{digest: /none, sha256: \(other), if_missing: skip}").standing
        == .notApplicable("there is no /none"))
  }

  @Test func `how a program is linked`() throws {
    for (name, options) in [("dynamic", "-no-pie"), ("static", "-static-pie -fPIE")] {
      try Shell.run(
        "echo 'int main(void){return 0;}' | cc \(options) -x c -o \(root.outside("/\(name)")) -")
    }
    root.write("/script", "#!/bin/sh\n")
    #expect(try observe("{elf: /static, static: true, pie: true}").holds)
    #expect(try observe("{elf: /dynamic, static: false, pie: false}").holds)
    let dynamic = try observe("{elf: /dynamic, static: true, pie: true}")
    #expect(dynamic.standing == .unmet && dynamic.lines == ["file dynamic, no PIE -> static, PIE"])
    #expect(try observe("{elf: /dynamic, pie: true}").lines == ["file no PIE -> PIE"])
    #expect(
      try observe("{elf: /script, static: true}").standing
        == .unmeasured("/script: not an ELF program"))
    #expect(try observe("{elf: /none, static: true}").standing == .unmet)
  }

  /// A certificate that counts for `days` from now on.
  private func makeCertificate(_ path: String, days: Int) throws {
    try Shell.run(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null "
        + "-subj /CN=x -days \(days) >> \(root.outside(path)) 2>/dev/null")
  }

  @Test func `days of a certificate, the earliest of a bundle, each file of a pattern`() throws {
    root.makeDirectory("/pki")
    try makeCertificate("/pki/a.crt", days: 40)
    #expect(try observe("{certificate: /pki/a.crt, days_left: {at_least: 30}}").holds)
    try makeCertificate("/pki/a.crt", days: 20)
    let bundle = try observe("{certificate: /pki/a.crt, days_left: {at_least: 30}}")
    #expect(bundle.standing == .unmet)
    // The second in which it was made may be over.
    let observed = try #require(bundle.planes[0].observed)
    #expect(observed.contains(/^(19|20) days left, until 20/))
    root.write("/pki/b.crt", "no certificate\n")
    let entry = try Entry<HostProbe>("{certificate: /pki/*.crt, days_left: {at_least: 1}}")
    let each = try entry.resources[0].instances(on: Host(root: root.path))
    #expect(each.map(\.address.name) == ["certificate /pki/a.crt", "certificate /pki/b.crt"])
    #expect(
      try each[1].observe(Host(root: root.path), for: .test).standing
        == .unmeasured("/pki/b.crt: there is no certificate in it"))
    #expect(try observe("{certificate: /none/*.crt, days_left: {at_least: 1}}").standing == .unmet)
  }

  @Test func `the last second of a certificate still counts`() {
    #expect(HostProbe.days(from: 100, to: 100) == 0 && HostProbe.days(from: 101, to: 100) == -1)
    #expect(HostProbe.days(from: 0, to: 86_399) == 0 && HostProbe.days(from: 0, to: 86_400) == 1)
  }

  @Test func `a line that matches is named by file and number, and never shown`() throws {
    root.write("/home/a/.bashrc", "alias x=y\nexport HTTP_PROXY=http://user:secret@proxy\n")
    root.write("/home/b/.bashrc", "# nothing\n")
    let text = "{absent_pattern: {files: /home/*/.bashrc, pattern: http_proxy, ignore_case: true}}"
    let found = try observe(text)
    #expect(found.standing == .unmet && found.notes == [])
    #expect(found.lines == ["file a line matches (/home/a/.bashrc:2) -> no line matches"])
    #expect(!"\(found)".contains("user:"))
    root.write("/home/b/.bashrc", String(repeating: "HTTP_PROXY\n", count: 7))
    #expect(
      try observe(text).notes == [
        "so do "
          + (1...5).map { "/home/b/.bashrc:\($0)" }.joined(separator: ", ") + " and 2 more"
      ])
    #expect(try observe("{absent_pattern: {files: /home/*/.bashrc, pattern: sock5}}").holds)
    #expect(
      try observe("{absent_pattern: {files: /none, pattern: x}}").standing
        == .notApplicable("there is no /none"))
  }

  @Test func `a file that cannot be read is no pass, and hides no match`() throws {
    root.write("/etc/a.sh", "clean\n")
    root.link("/srv/real", to: "/etc")
    try Shell.run("mkfifo \(root.outside("/etc/pipe"))")
    let pipe = try Entry<HostProbe>("{absent_pattern: {files: /etc/pipe, pattern: x}}")
    #expect(throws: SystemError.self) {
      try pipe.resources[0].observe(Host(root: root.path), for: .test)
    }
    root.write("/etc/large.sh", [UInt8](repeating: 0x61, count: Host.configurationLimit + 1))
    let text = "{absent_pattern: {files: /etc/*.sh, pattern: proxy}}"
    let entry = try Entry<HostProbe>(text)
    #expect(throws: SystemError.self) {
      try entry.resources[0].observe(Host(root: root.path), for: .test)
    }
    root.write("/etc/a.sh", "proxy\n")
    #expect(try observe(text).standing == .unmet)
  }

  @Test func `FIPS has three states, and an image tells none of them`() throws {
    #expect(HostProbe.fips("1") == true && HostProbe.fips("0") == false)
    #expect(HostProbe.fips(nil) == nil && HostProbe.fips("2") == nil)
    #expect(
      try observe("{fips: on}").standing == .unmeasured("only the running host knows FIPS"))
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `FIPS of the running kernel and of its command line`() throws {
    let flag = "/proc/sys/crypto/fips_enabled"
    try Namespace.run {
      guard FileManager.default.fileExists(atPath: flag) else {
        #expect(
          try observe("{fips: on}", root: "/").standing == .unmeasured("\(flag) is missing"))
        return
      }
      for (value, word) in [("0", "off"), ("1", "on")] {
        root.write("/flag", value + "\n")
        try Namespace.bind(root.outside("/flag"), at: flag)
        #expect(try observe("{fips: \(word)}", root: "/").holds)
        let wanted = value == "0" ? "on" : "off"
        let other = try observe("{fips: \(wanted)}", root: "/")
        #expect(other.standing == .unmet && other.lines == ["now \(word) -> \(wanted)"])
      }
      root.write("/line", "quiet fips=0 fips=1\n")
      try Namespace.bind(root.outside("/line"), at: "/proc/cmdline")
      #expect(try observe("{fips: on, command_line: true}", root: "/").holds)
      root.write("/line", "quiet\n")
      let line = try observe("{fips: on, command_line: true}", root: "/")
      #expect(
        line.lines == ["now on -> on holds", "boot no fips= (/proc/cmdline) -> fips=1"])
    }
  }

  @Test func `what runs or connects is never asked by a planner`() throws {
    for text in ["{tcp: \"127.0.0.1:1\"}", "{command: [/bin/false]}", "{unit: none}"] {
      #expect(
        try observe(text).standing == .notApplicable("an image has nothing that runs"), "\(text)")
    }
    for text in ["{tcp: \"127.0.0.1:1\"}", "{command: [/bin/false]}"] {
      guard case .unmeasured = try observe(text, root: "/").standing else {
        Issue.record("\(text) was measured")
        continue
      }
    }
  }
}
