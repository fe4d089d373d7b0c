import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite(.enabled(if: Namespace.isAvailable)) struct RoutingRuleTests {
  private typealias Host = HardenSystem.Host

  @Test func `a network begins with three rules`() throws {
    try Namespace.run {
      let rules = try Host().routingRules()
      #expect(rules.count == 3 && rules.allSatisfy(\.isUsual), "\(rules)")
    }
  }

  @Test(arguments: [
    "100: from 192.0.2.0/24 lookup 100", "100: from all to 198.51.100.7 lookup 4711",
    "7: not from all fwmark 0xca6c lookup 51820", "8: from all fwmark 0x1/0xff lookup main",
    "9: from all tos 0x10 iif one lookup 9", "10: from all oif two unreachable",
    "11: from 192.0.2.1 blackhole", "12: from all uidrange 5-9 lookup 300",
    "13: from all prohibit", "14: from all goto 32766",
    "15: from all lookup main suppress_prefixlength 0",
  ])
  func `rules are told as ip lists them`(text: String) throws {
    try Namespace.run {
      let words = text.split(separator: " ")
      let rule = words.dropFirst().joined(separator: " ")
      try Shell.run("ip rule add \(rule) priority \(words[0].dropLast())")
      let ours = try Host().routingRules()
      #expect(ours.map(\.description).contains(text), "\(ours)")
      #expect(ours.filter { !$0.isUsual }.map(\.description) == [text])
      let theirs = try Shell.run("ip rule").split(separator: "\n").map {
        $0.replacing("\t", with: " ").replacing(" [detached]", with: "").split(separator: " ")
          .joined(separator: " ")
      }
      #expect(ours.map(\.description) == theirs)
    }
  }

  @Test func `a usual table at another place is not usual`() throws {
    try Namespace.run {
      try Shell.run("ip rule del priority 32766; ip rule add lookup main priority 5")
      let rules = try Host().routingRules().filter { !$0.isUsual }
      #expect(rules.map(\.description) == ["5: from all lookup main"])
    }
  }

  @Test func `more rules than one datagram holds are all there`() throws {
    try Namespace.run {
      try Shell.run(
        "for i in $(seq 1 900); do echo \"rule add from 10.0.0.$((i % 250)) lookup $i priority $i\"; done | ip -batch -"
      )
      #expect(try Host().routingRules().count == 903)
    }
  }

  @Test func `there are none below another root`() throws {
    let root = try TemporaryRoot()
    #expect(try Host(root: root.path).routingRules() == [])
  }

  @Test func `a message that is cut off is no rule, and never more than there is`() {
    #expect(RoutingRule([2, 0, 0, 0]) == nil)
    let header: [UInt8] = [2, 0, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0]
    #expect(RoutingRule(header)?.description == "0: from all lookup main")
    #expect(RoutingRule(header + [40, 0, 6, 0, 9, 0])?.priority == 0)
  }
}
