import HardenSystem
import SystemPackage
import Testing

@Suite struct SystemErrorTests {
  @Test(arguments: [
    (Errno.permissionDenied, true), (.notPermitted, true), (.noSuchFileOrDirectory, false),
    (.readOnlyFileSystem, false),
  ])
  func `what privileges could help with is told apart`(errno: Errno, isPermission: Bool) {
    #expect(SystemError("openat2", "/etc/f", errno).isPermission == isPermission)
  }

  @Test func `the sentence names the subject, the call and the reason`() {
    #expect(
      SystemError("openat2", "/etc/f", .permissionDenied).description
        == "/etc/f: openat2: Permission denied")
    let refused = SystemError(refusing: "/etc/f", "it is a link")
    #expect(refused.description == "/etc/f: it is a link")
    #expect(refused.errno == nil && !refused.isPermission)
  }
}
