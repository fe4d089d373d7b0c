import Foundation
import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlFindingTests {
  @Test func `a folder stands for all below it, a pattern for one part`() throws {
    let host = try Host()
    let names = { (pattern: String) in
      try Sysctl.found(on: host, matching: pattern).resources.map(\.name)
    }
    let kernel = try names("kernel")
    #expect(kernel.contains("kernel.panic") && kernel.contains("kernel.keys.maxkeys"))
    #expect(try names("kernel.*") == kernel)
    #expect(try names("kernel.pani[c]") == ["kernel.panic"])
    #expect(try names("kernel.{printk,panic}") == ["kernel.panic", "kernel.printk"])
    #expect(try names("kernel.nothing*").isEmpty)
  }

  @Test func `what cannot be asked for is counted`() throws {
    let found = try Sysctl.found(on: Host(), matching: "kernel.{ostype,version,hostname,panic}")
    #expect(found.resources.map(\.name) == ["kernel.panic"])
    #expect(found.remarks.contains("left out: 2 keys that can only be read"))
    #expect(found.remarks.contains { $0.contains("1 key that the kernel changes by itself") })
    // A secret, and an order that a playbook would give at each boot.
    let own = try Sysctl.found(
      on: Host(), matching: "{net.ipv4.tcp_fastopen_key,vm.drop_caches,vm.swappiness}")
    #expect(own.resources.map(\.name) == ["vm.swappiness"])
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `what files keep needs no persist, and blanks between numbers are one`() throws {
    try Namespace.run {
      try BootTree.mountPlaces()
      let own = "# harden: base/test\nnet.ipv4.tcp_syncookies = 1\n"
      try Data(own.utf8).write(to: URL(filePath: SysctlSources.ownPath))
      try Data("1\n".utf8).write(to: URL(filePath: "/proc/sys/net/ipv4/tcp_syncookies"))
      let found = try Sysctl.found(on: Host(), matching: "net.ipv4.{tcp_syncookies,tcp_rmem}")
      #expect(found.resources.map(\.name) == ["net.ipv4.tcp_syncookies", "net.ipv4.tcp_rmem"])
      #expect(found.resources[0].fields.isEmpty)
      #expect(found.resources[1].fields == [FoundField("persist", .flag(false))])
      #expect(found.remarks.contains { $0.hasPrefix("persist: false") })
      guard case .number(let words)? = found.resources[1].member?.field.value else {
        Issue.record("\(found)")
        return
      }
      #expect(words.split(separator: " ").count == 3 && !words.contains("\t"))
    }
  }

  @Test func `an image has what its files set`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/etc/sysctl.d/10-a.conf", "kernel.panic=10\nkernel.keys.maxkeys=7\nvm.swappiness=1\n")
    let host = try Host(root: root.path)
    let found = try Sysctl.found(on: host, matching: "kernel")
    #expect(found.resources.map(\.name) == ["kernel.keys.maxkeys", "kernel.panic"])
    #expect(
      try Sysctl.found(on: host, matching: "kernel.p*").resources.map(\.name) == ["kernel.panic"])
    #expect(found.resources.allSatisfy { $0.fields.isEmpty })
  }

  @Test(arguments: ["", "a b", "kernel.=", "kernel/../x", "a\u{1B}b"])
  func `patterns that no key can match`(pattern: String) {
    #expect(Sysctl.mistake(in: pattern) != nil)
  }
}
