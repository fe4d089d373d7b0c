import HardenCore
import Testing

@testable import HardenResources

@Suite struct CatalogTests {
  @Test func `every kind has a manual, and none comes later`() {
    let names = catalog.kinds.map { $0.manual.kind }
    #expect(Set(names).count == names.count && names.starts(with: ["sysctl", "file", "directory"]))
    #expect(Set(names).isDisjoint(with: catalog.later))
    for kind in catalog.kinds {
      #expect(!kind.manual.fields.isEmpty)
      #expect(kind.manual.fields.allSatisfy { !$0.summary.isEmpty })
    }
  }

  @Test(arguments: catalog.kinds.indices)
  func `the manual's example can be read`(index: Int) throws {
    func read<Kind: ResourceKind>(_ kind: Kind.Type) throws -> [String] {
      let text = Kind.manual.example
      let start = try #require(text.firstIndex(of: "{"))
      let entry = try Entry<Kind>(String(text[start...]))
      #expect(!entry.resources.isEmpty)
      return entry.messages
    }
    #expect(try read(catalog.kinds[index]) == [])
  }
}
