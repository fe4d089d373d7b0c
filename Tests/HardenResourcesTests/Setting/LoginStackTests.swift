import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct LoginStackTests {
  private func risks(_ before: String?, _ after: String?, path: String = "/etc/pam.d/common-auth")
    throws -> [String]
  {
    let root = try TemporaryRoot()
    root.write("/usr/lib/x86_64-linux-gnu/security/pam_unix.so", "")
    root.write("/usr/lib/x86_64-linux-gnu/security/pam_deny.so", "")
    let edit = UnitEdit(
      Address(kind: "setting", name: "x"), unit: after ?? before ?? "", before: before, after: after
    )
    return try LoginStack.risks(
      EditFile(path: path, format: .lines, edits: [edit]), Host(root: root.path))
  }

  @Test(arguments: [
    ("auth required pam_faillock.so preauth", "would name pam_faillock.so, which is not installed"),
    ("auth [success=1 default=ignore] pam_x.so nullok", "would name pam_x.so"),
    ("account required /lib/none/pam_y.so", "would name /lib/none/pam_y.so"),
    ("auth requisite pam_deny.so", "would refuse everybody by pam_deny.so"),
    ("auth required pam_unix.so even_deny_root", "even_deny_root lets anybody lock root out"),
    // Whatever its manual says, this alone does not make pam_faillock count for root.
    ("auth required pam_unix.so root_unlock_time=60", nil),
    ("auth required pam_unix.so", nil), ("-auth required pam_x.so", nil), ("# auth a b", nil),
    ("session optional pam_x.so", nil), ("@include common-auth", nil),
    ("auth include common-auth", nil),
  ])
  func `lines that come`(line: String, why: String?) throws {
    let found = try risks(nil, line)
    #expect(found.count == (why == nil ? 0 : 1), "\(found)")
    if let why { #expect(found.first?.contains(why) == true, "\(found)") }
  }

  @Test func `lines that go`() throws {
    #expect(
      try risks("auth [success=1 default=ignore] pam_unix.so nullok", nil) == [
        "/etc/pam.d/common-auth would check no passwords without pam_unix.so"
      ])
    #expect(try risks("auth optional pam_cap.so", nil).isEmpty)
    #expect(try risks(nil, "auth required pam_x.so", path: "/etc/other").isEmpty)
  }
}
