import HardenResources
import HardenTestSupport
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

  @Test(arguments: catalog.kinds.map { $0.manual.kind })
  func `every example works`(kind: String) throws {
    let manual = try #require(catalog.kind(kind)).manual
    let host = try RootedHost(
      playbook: """
        harden: 1
        name: example
        controls:
          - id: example
            ensure:
        \(manual.entry(indent: "      "))

        """)
    let result = try Program.run(["check", "playbook.yaml"], in: host.folder.path())
    #expect(result.status == 0, "\(result)")
  }

  @Test func `what comes later is in no catalogue yet`() {
    #expect(Self.kinds.isDisjoint(with: catalog.later))
  }

  /// `file_capability` is `FileCapability`.
  private static func folder(_ kind: String) -> String {
    kind.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
