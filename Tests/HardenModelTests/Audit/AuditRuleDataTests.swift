import Foundation
import HardenModel
import Testing

@Suite struct AuditRuleDataTests {
  private static var rule: AuditRuleData {
    var rule = AuditRuleData(list: 4, action: 2)
    _ = rule.add(syscall: 59)
    _ = rule.add(syscall: 322)
    rule.fields = [
      .init(11, AuditRuleData.Code.equal, 0xC000_003E),
      .init(105, AuditRuleData.Code.equal, Array("/etc/passwd".utf8)),
      .init(210, AuditRuleData.Code.equal, Array("id".utf8)),
    ]
    return rule
  }

  @Test func `bytes are those of the C structure`() throws {
    let bytes = Self.rule.wire
    #expect(bytes.count == 1040 + 13)
    #expect(Array(bytes[0..<12]) == [4, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0])
    #expect(bytes[12 + 7] == 1 << 3, "system call 59")
    #expect(Array(bytes[268..<272]) == [11, 0, 0, 0], "the first field")
    #expect(Array(bytes[528..<532]) == [11, 0, 0, 0], "the length of the path")
    #expect(Array(bytes[1036..<1040]) == [13, 0, 0, 0])
    #expect(String(decoding: bytes[1040...], as: UTF8.self) == "/etc/passwdid")
    #expect(AuditRuleData(wire: bytes) == Self.rule)
  }

  @Test func `what the kernel forgets does not count`() throws {
    var all = AuditRuleData(list: 4, action: 0)
    all.addEverySyscall()
    let sent = all.wire
    #expect(sent[12..<268].allSatisfy { $0 == 0xFF }, "it is sent whole")
    var listed = sent
    (listed[266], listed[267]) = (0, 0)
    #expect(AuditRuleData(wire: listed) == all)
    var prepended = sent
    prepended[0] |= 0x10
    #expect(AuditRuleData(wire: prepended) == all)
  }

  @Test func `bytes that are no rule are refused`() {
    #expect(AuditRuleData(wire: []) == nil)
    #expect(AuditRuleData(wire: Array(repeating: 0, count: 1039)) == nil)
    var many = Self.rule.wire
    many[8] = 65
    #expect(AuditRuleData(wire: many) == nil)
    var short = Self.rule.wire
    short.removeLast(3)
    #expect(AuditRuleData(wire: short) == nil)
    var long = Self.rule.wire
    long[532] = 200
    #expect(AuditRuleData(wire: long) == nil)
  }

  @Test func `it is written down and read again, short`() throws {
    let data = try JSONEncoder().encode(Self.rule)
    #expect(data.count < 400)
    #expect(try JSONDecoder().decode(AuditRuleData.self, from: data) == Self.rule)
    var all = AuditRuleData(list: 4, action: 2)
    all.addEverySyscall()
    let text = String(decoding: try JSONEncoder().encode(all), as: UTF8.self)
    #expect(!text.contains("syscalls"))
    #expect(try JSONDecoder().decode(AuditRuleData.self, from: Data(text.utf8)) == all)
    let bad = #"{"list":4,"action":2,"syscalls":[4096],"fields":[]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(AuditRuleData.self, from: Data(bad.utf8))
    }
  }
}
