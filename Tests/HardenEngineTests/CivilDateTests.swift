import HardenEngine
import Testing

struct CivilDateTests {
  @Test(arguments: [
    (0, "1970-01-01"), (-1, "1969-12-31"), (951_782_399, "2000-02-28"), (951_782_400, "2000-02-29"),
    (1_709_164_800, "2024-02-29"), (4_107_542_400, "2100-03-01"), (1_795_132_800, "2026-11-20"),
  ])
  func `days are those of the calendar`(seconds: Int64, day: String) {
    #expect(CivilDate.text(of: seconds) == day)
  }
}
