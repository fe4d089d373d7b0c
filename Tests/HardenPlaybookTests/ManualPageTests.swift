import HardenCore
import HardenModel
import HardenResources
import Testing

@testable import HardenPlaybook

@Suite struct ManualPageTests {
  @Test func `a page names every field of its kind`() {
    for kind in catalog.kinds {
      let page = ManualPage(kind.manual).text
      #expect(page.hasPrefix("# \(kind.manual.kind)\n"))
      for field in kind.manual.fields { #expect(page.contains("| `\(field.name)`")) }
    }
  }

  @Test func `every table row has three cells`() {
    for kind in catalog.kinds {
      let rows = ManualPage(kind.manual).text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      for row in rows { #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 4, "\(row)") }
    }
  }

  @Test func `the examples load`() throws {
    for kind in catalog.kinds {
      let loaded = try Loading().load(
        Loading.playbook(
          "controls:\n  - id: a\n    ensure:\n\(kind.manual.entry(indent: "      "))\n"))
      #expect(loaded.diagnostics == [], "\(kind.manual.kind)")
    }
  }
}
