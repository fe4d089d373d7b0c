import HardenModel
import Testing

@Suite struct MountStepsTests {
  @Test func `the flags in question are those of both sides, access times together`() {
    let plain = SetMountAttributes(path: "/a", before: [], after: [.noexec])
    #expect(plain.touched == [.noexec])
    let times = SetMountAttributes(path: "/a", before: [.relatime], after: [.noatime, .nodev])
    #expect(times.touched == [.noatime, .relatime, .strictatime, .nodev])
  }
}
