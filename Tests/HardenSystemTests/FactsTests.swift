import HardenSystem
import HardenTestSupport
import Testing

@Suite struct FactsTests {
  @Test(arguments: [Fact.kernel, .arch, .selinux, .apparmor, .container, .virtualization, .uefi])
  func `what only a kernel knows is not known of an image`(fact: Fact) throws {
    let root = try TemporaryRoot()
    guard case .unmeasured(let why) = try Host(root: root.path).fact(fact) else {
      Issue.record("\(fact) is known")
      return
    }
    #expect(why.contains(fact.rawValue))
  }

  @Test func `an image has a name`() throws {
    let root = try TemporaryRoot()
    guard case .unmeasured = try Host(root: root.path).fact(.hostname) else {
      Issue.record("it has a name without a file")
      return
    }
    root.write("/etc/hostname", "# comment\nbuild\n")
    #expect(try Host(root: root.path).fact(.hostname) == .known("build"))
  }

  @Test(arguments: [(Fact.kernel, "-r"), (.arch, "-m"), (.hostname, "-n")])
  func `the running host's facts are those that uname prints`(fact: Fact, option: String) throws {
    let printed = try Shell.run("uname \(option)").split(separator: "\n")
    #expect(try Host().fact(fact) == .known(String(printed[0])))
  }

  @Test func `the running host answers everything that it can`() throws {
    let host = try Host()
    for fact in Fact.allCases {
      guard case .known(let value) = host.fact(fact) else {
        Issue.record("\(fact): \(host.fact(fact))")
        continue
      }
      // Rolling distributions have no version.
      #expect(!value.isEmpty || fact == .osVersion)
    }
  }
}
