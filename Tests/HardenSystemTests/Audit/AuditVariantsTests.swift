import HardenSystem
import Testing

@Suite struct AuditVariantsTests {
  private static func variants(_ line: String) throws -> AuditVariants {
    try AuditVariants(AuditWords.split(line))
  }

  @Test func `a rule without an architecture becomes one for each`() throws {
    let found = try Self.variants("-a always,exit -S openat -F auid>=1000 -k x")
    #expect(
      found.variants.map(\.line) == [
        "-a always,exit -F arch=b64 -S openat -F auid>=1000 -k x",
        "-a always,exit -F arch=b32 -S openat -F auid>=1000 -k x",
      ])
    #expect(found.isExpanded)
    #expect(try Self.variants("-w /etc -p wa -k x").variants.map(\.line) == ["-w /etc -p wa -k x"])
    #expect(try Self.variants("-a always,exit -S all -k x").variants.count == 1)
  }

  @Test func `a system call that an architecture lacks is left out, not handed on`() throws {
    let found = try Self.variants("-a always,exit -S stime,adjtimex -S socketcall -k time")
    #expect(
      found.variants.map(\.line) == [
        "-a always,exit -F arch=b64 -S adjtimex -k time",
        "-a always,exit -F arch=b32 -S stime,adjtimex -S socketcall -k time",
      ])
    #expect(found.dropped == ["stime (b64)", "socketcall (b64)"])
    let none = try Self.variants("-a always,exit -F arch=b64 -S stime -k time")
    #expect(none.variants.isEmpty)
    #expect(none.dropped == ["stime (b64)"])
  }

  @Test func `a name that no architecture knows is told apart`() throws {
    #expect(try Self.variants("-a always,exit -S opnat,open").unknown == ["opnat"])
    #expect(try Self.variants("-a always,exit -S 59").unknown == [])
  }
}
