import HardenModel
import Testing

@Suite struct AccountPolicyTests {
  @Test func `the next number is above the highest of people and below the lowest of the system`() {
    let policy = AccountPolicy("UID_MIN\t\t1000\nUID_MAX 60000\n#SYS_UID_MIN 500\n")
    #expect(policy.range("U", isSystem: true) == 101...999)
    #expect(policy.free("U", isSystem: false, used: [0, 1000, 1004]) == 1005)
    #expect(policy.free("U", isSystem: false, used: []) == 1000)
    #expect(policy.free("U", isSystem: true, used: [0, 65_534]) == 999)
    #expect(policy.free("U", isSystem: true, used: [990, 998]) == 989)
  }

  @Test func `an end of the range sends the search back`() {
    let policy = AccountPolicy("UID_MIN 1000\nUID_MAX 1003\nSYS_UID_MIN 101\nSYS_UID_MAX 103\n")
    #expect(policy.free("U", isSystem: false, used: [1000, 1003]) == 1001)
    #expect(policy.free("U", isSystem: false, used: [1000, 1001, 1002, 1003]) == nil)
    #expect(policy.free("U", isSystem: true, used: [101, 103]) == 102)
    #expect(policy.free("U", isSystem: true, used: [101, 102, 103]) == nil)
    // A file that makes no sense must not end the program.
    let odd = AccountPolicy("UID_MIN 9\nUID_MAX 3\nSYS_UID_MAX 0\n")
    #expect(odd.free("U", isSystem: false, used: [9]) == nil)
    #expect(AccountPolicy("UID_MIN 0\n").range("U", isSystem: true).contains(101))
  }

  @Test func `subordinate numbers fill the first gap that is wide enough`() {
    let policy = AccountPolicy("SUB_UID_MIN 100\nSUB_UID_MAX 1000\nSUB_UID_COUNT 100\n")
    #expect(policy.subordinate("U", taken: [])?.first == 100)
    #expect(policy.subordinate("U", taken: [(100, 100)])?.first == 200)
    #expect(policy.subordinate("U", taken: [(300, 50), (100, 100)])?.first == 200)
    #expect(policy.subordinate("U", taken: [(100, 850)]) == nil)
    #expect(AccountPolicy("SUB_UID_COUNT 0\n").subordinate("U", taken: []) == nil)
  }

  @Test func `homes and ages`() {
    #expect(AccountPolicy("").homeMode == Mode(0o755))
    #expect(AccountPolicy("UMASK 027\n").homeMode == Mode(0o750))
    #expect(AccountPolicy("UMASK 022\nHOME_MODE 0700\n").homeMode == Mode(0o700))
    let policy = AccountPolicy("PASS_MAX_DAYS 90\nPASS_MIN_DAYS -1\nUSERGROUPS_ENAB yes\n")
    #expect(policy.age(.max) == "90" && policy.age(.min) == "" && policy.age(.warn) == "")
    #expect(policy.removesUserGroups)
  }
}
