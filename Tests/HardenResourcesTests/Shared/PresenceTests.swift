import Testing

@testable import HardenResources

@Suite struct PresenceTests {
  @Test func `present or absent, and nothing else`() throws {
    #expect(try Entry<File>("{path: /f, state: present}").resources.first?.state == .present)
    #expect(try Entry<File>("{path: /f, state: absent}").resources.first?.state == .absent)
    #expect(
      try Entry<File>("{path: /f, state: abcent}").diagnostics.first?.help
        == "did you mean 'absent'?")
  }
}
