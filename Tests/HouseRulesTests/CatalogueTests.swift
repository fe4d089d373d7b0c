import HardenResources
import Testing

/// A kind is one folder, one catalogue line, its tests, its fixtures and its page, or none of them.
@Suite struct CatalogueTests {
  static let kinds = Set(catalog.kinds.map { $0.manual.kind })

  @Test func `every folder of a kind is in the catalogue`() {
    let folders = Set(
      SourceTree.names("Sources/HardenResources").filter { !$0.hasSuffix(".swift") })
    #expect(folders.subtracting(["Shared"]) == Set(Self.kinds.map(Self.folder)))
  }

  @Test func `every kind has its page, and every page its kind`() {
    let pages = SourceTree.names(GeneratedFilesTests.pages)
    #expect(Set(pages) == Set(Self.kinds.map { "\($0).md" }))
  }

  @Test(arguments: catalog.kinds.map { $0.manual.kind })
  func `every kind has fixtures`(kind: String) {
    #expect(!SourceTree.names("Fixtures/\(kind)").isEmpty)
  }

  @Test func `what comes later is in no catalogue yet`() {
    #expect(Self.kinds.isDisjoint(with: catalog.later))
  }

  /// `file_capability` is `FileCapability`, and names that have a spelling keep it.
  private static func folder(_ kind: String) -> String {
    kind.split(separator: "_").map {
      $0 == "selinux" ? "SELinux" : $0.prefix(1).uppercased() + $0.dropFirst()
    }.joined()
  }
}
