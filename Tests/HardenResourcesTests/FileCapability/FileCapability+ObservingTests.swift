import Glibc
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct FileCapabilityObservingTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/usr/bin/proxy", "#!", mode: 0o755)
    root.write("/usr/bin/ping", "#!", mode: 0o755)
  }

  private func setcap(_ text: String, _ path: String) throws {
    try Shell.run("setcap '\(text)' \(root.outside(path))")
  }

  private func observe(_ path: String, _ text: String, _ more: String = "") throws -> Observation {
    let entry = try Entry<FileCapability>("{path: \(path), capabilities: \"\(text)\"\(more)}")
    #expect(entry.messages == [])
    let one = try #require(entry.resources.first)
    let observation = try one.observe(Host(root: root.path), for: .test)
    if !observation.steps.isEmpty {
      let planned = try Host(root: root.path).after(observation.steps, contents: [:])
      #expect(try one.observe(planned, for: .test).holds)
    }
    return observation
  }

  @Test func `a program without is given them, and one that has them is left alone`() throws {
    let bare = try observe("/usr/bin/proxy", "cap_net_raw=ep")
    #expect(bare.lines == ["file none -> cap_net_raw=ep"])
    #expect(bare.steps.count == 1 && bare.risks.isEmpty)
    try setcap("cap_net_raw=ep", "/usr/bin/proxy")
    #expect(try observe("/usr/bin/proxy", "cap_net_raw+pe").holds)
    #expect(
      try observe("/usr/bin/proxy", "cap_net_raw=p").lines
        == ["file cap_net_raw=ep -> cap_net_raw=p"])
  }

  @Test func `an attribute that grants nothing is not the same as none`() throws {
    try setcap("=", "/usr/bin/proxy")
    #expect(try observe("/usr/bin/proxy", "=").holds)
    let none = try observe("/usr/bin/proxy", "none")
    #expect(none.lines == ["file = -> none"] && none.steps.count == 1)
  }

  @Test func `taking from a program that others need is a risk, giving is none`() throws {
    try setcap("cap_net_raw=ep", "/usr/bin/ping")
    for text in ["none", "=", "cap_net_raw=p", "cap_kill=ep"] {
      let risks = try observe("/usr/bin/ping", text).risks
      #expect(
        risks.first?.hasPrefix(
          "/usr/bin/ping loses capabilities that it works with (cap_net_raw=ep): users can no longer"
        )
          == true, "\(text): \(risks)")
    }
    #expect(try observe("/usr/bin/ping", "cap_net_raw,cap_kill=ep").risks == [])
    try setcap("cap_net_raw=ep", "/usr/bin/proxy")
    #expect(try observe("/usr/bin/proxy", "none").risks == [])
  }

  @Test func `links, directories, further names and locked files are refused`() throws {
    root.link("/usr/bin/link", to: "proxy")
    Glibc.link(root.outside("/usr/bin/ping"), root.outside("/usr/bin/ping2"))
    root.write("/usr/bin/locked", "#!")
    try Shell.run("chattr +i \(root.outside("/usr/bin/locked"))")
    for (path, why) in [
      ("/usr/bin/link", "it is a link to proxy"), ("/usr/bin", "it is a directory"),
      ("/usr/bin/ping", "2 names"), ("/usr/bin/locked", "immutable"),
      ("/usr/bin/none", "there is no such file"),
    ] {
      guard case .refused(let reason) = try observe(path, "cap_kill=ep").standing else {
        Issue.record("\(path) is not refused")
        continue
      }
      #expect(reason.contains(why), "\(path): \(reason)")
    }
    #expect(
      try observe("/usr/bin/none", "none", ", if_missing: skip").standing
        == .notApplicable("there is no /usr/bin/none"))
  }

  @Test func `a value that no kernel takes is shown and replaced`() throws {
    // Only a kernel of its own would store it; the plan of one is enough here.
    let planned = try Host(root: root.path).after(
      [
        .setAttributes(
          SetAttributes(
            path: "/usr/bin/proxy", isDirectory: false, before: Attributes(),
            after: Attributes(xattrs: [FileCapabilities.attribute: Bytes([1, 2, 3])])))
      ], contents: [:])
    let one = FileCapability(path: "/usr/bin/proxy", wanted: nil)
    #expect(
      try one.observe(planned, for: .test).lines
        == ["file an attribute of 3 bytes that no kernel takes -> none"])
  }
}
