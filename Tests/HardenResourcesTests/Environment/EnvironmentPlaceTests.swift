import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct EnvironmentPlaceTests {
  @Test func `a shell reads what was meant`() throws {
    for value in ["plain-1.2/x", "", "two words", "it's $HOME `x` \"q\" \\ #"] {
      let line = EnvironmentPlace.profile.line("VALUE", value)
      #expect(try Shell.run("\(line)\nprintf %s \"$VALUE\"") == value)
    }
  }

  @Test func `what other readers would read differently is not written`() {
    #expect(EnvironmentPlace.manager.obstacle("a$b") != nil)
    #expect(EnvironmentPlace.manager.obstacle("a b") == nil)
    #expect(EnvironmentPlace.manager.line("A", "a b") == "A=\"a b\"")
    #expect(EnvironmentPlace.go.obstacle(" a") != nil)
    #expect(EnvironmentPlace.go.line("A", "-x -y") == "A=-x -y")
    #expect(EnvironmentPlace.profile.obstacle("a\nb") != nil)
  }

  @Test func `files in the order of reading`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/profile.d/zzz.sh", "")
    root.write("/etc/profile.d/a.sh", "")
    root.write("/etc/profile.d/a.csh", "")
    root.write("/usr/lib/environment.d/50-a.conf", "")
    root.write("/etc/environment.d/50-a.conf", "")
    let host = try Host(root: root.path)
    #expect(
      try EnvironmentPlace.profile.files("/etc/profile.d/zz-x.sh", host) == [
        "/etc/environment", "/etc/profile", "/etc/profile.d/a.sh", "/etc/profile.d/zz-x.sh",
        "/etc/profile.d/zzz.sh",
      ])
    #expect(
      try EnvironmentPlace.manager.files("/etc/environment.d/zz-x.conf", host) == [
        "/etc/environment.d/50-a.conf", "/etc/environment.d/zz-x.conf",
      ])
  }
}
