import HardenModel
import Testing

@Suite struct VersionBoundTests {
  @Test(arguments: [
    (">=5.10", "6.1.0-18-amd64", true), (">=5.10", "5.10.0", true), (">=5.10", "5.9.99", false),
    (">=5.10", "5.4", false), ("<13", "12.9", true), ("<13", "13.0", false), ("12", "12", true),
    ("12", "12.5", true), ("12", "120", false), ("=22.04", "22.04", true),
    ("22.04", "22.10", false),
    ("<=12", "12.9", true), ("<=12", "13", false), (">12", "12", false), (">12", "12.1", true),
    (">=0.1", "0.1.0", true), (">= 1", "0.9", false), ("6", "6.12-rc1", true), ("1.0", "1", true),
    (">=1", "", false), ("12", "trixie", false),
  ])
  func `versions compare by their numbers`(bound: String, version: String, accepts: Bool) {
    #expect(VersionBound(bound)?.accepts(version) == accepts)
  }

  @Test(arguments: ["", ">=", "a", "1.", ".1", "1..2", "1.x", "-1", "=>1", "99999999999999999999"])
  func `what is no version is refused`(text: String) { #expect(VersionBound(text) == nil) }
}
