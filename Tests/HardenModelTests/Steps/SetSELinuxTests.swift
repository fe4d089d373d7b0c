import HardenModel
import Testing

@Suite struct SetSELinuxTests {
  @Test func `enforcement and booleans say each in their own words what they are`() {
    let mode = SetSELinux(nil, before: true, after: false)
    #expect(
      [mode.target, mode.text(true), mode.text(false)]
        == ["selinux enforcement", "enforcing", "permissive"])
    let boolean = SetSELinux("deny_ptrace", before: false, after: true)
    #expect(
      [boolean.target, boolean.text(true), boolean.text(false)]
        == ["selinux boolean deny_ptrace", "on", "off"])
    let domain = SetSELinux(permissive: "sshd_t", before: false, after: true)
    #expect(
      [domain.target, domain.text(true), domain.text(false)]
        == ["selinux domain sshd_t", "permissive", "enforcing"])
  }
}
