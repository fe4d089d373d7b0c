import HardenModel
import Testing

@testable import HardenResources

@Suite struct SysctlAssignmentTests {
  private func read(_ text: String) -> [SysctlAssignment] {
    SysctlAssignment.all(in: Array(text.utf8), of: "/f")
  }

  @Test func `what is no assignment is left out`() {
    #expect(read("# a = 1\n; b = 2\n\n   \njust words\n= 3\n-\n-=4\n").isEmpty)
  }

  @Test func `names, values, markers and places`() throws {
    let found = read("  net.ipv4.x =  1 2\t\n-kernel.y=\n-kernel.z\n")
    #expect(found.map(\.key) == ["net/ipv4/x", "kernel/y", "kernel/z"])
    #expect(found.map(\.value) == ["1 2", "", nil])
    #expect(found.map(\.place) == [1, 2, 3].map { Place("/f", line: $0) })
    #expect(found.map(\.line) == ["  net.ipv4.x =  1 2\t", "-kernel.y=", "-kernel.z"])
  }

  @Test func `a carriage return ends a line, and such a line is left whole only alone`() {
    let found = read("a.b=1\r\nc.d=2\re.f=3\n")
    #expect(found.map(\.key) == ["a/b", "c/d", "e/f"])
    #expect(found.map(\.place.line) == [1, 2, 2])
    #expect(found.map(\.line) == ["a.b=1\r", nil, nil])
  }

  @Test func `bytes that are no text cannot be commented out`() {
    let found = SysctlAssignment.all(in: Array("a.b = ".utf8) + [0xFF, 0x0A], of: "/f")
    #expect(found.count == 1)
    #expect(found[0].line == nil)
  }

  @Test func `a value keeps what follows the first equals sign`() {
    #expect(read("kernel.core_pattern=|/bin/x a=b").first?.value == "|/bin/x a=b")
  }
}
