import Foundation
import HardenPlaybook
import HardenResources
import HardenTestSupport
import HardenViews
import Testing

/// What can be generated is generated; `make docs` is this suite with `RECORD=1`.
@Suite struct GeneratedFilesTests {
  static let pages = "Sources/harden/Harden.docc/Resources"

  @Test(arguments: catalog.kinds.map { $0.manual.kind })
  func `the page of each kind`(kind: String) throws {
    let manual = try #require(catalog.kind(kind)).manual
    try Snapshot.check(ManualPage(manual).text, at: "\(Self.pages)/\(kind).md")
  }

  @Test func `the schema`() throws {
    try Snapshot.check(
      PlaybookSchema(catalog: catalog).text, at: "Sources/harden/Harden.docc/playbook-1.json")
  }

  @Test func `the page of the playbooks`() throws {
    try Snapshot.check(LibraryPage().text, at: "Sources/harden/Harden.docc/Library.md")
  }

  @Test func `the catalogue of messages`() throws {
    try Snapshot.check(MessageCatalog.text, at: "Sources/Packaging/catalog/harden.catalog")
  }

  @Test func `the kinds in the README`() throws {
    let path = "README.md"
    let file = Snapshot.repository.appending(path: path)
    let text = try String(contentsOf: file, encoding: .utf8)
    let (begin, end) = ("<!-- kinds -->\n", "<!-- end of kinds -->")
    let before = try #require(text.range(of: begin)?.upperBound)
    let after = try #require(text.range(of: end)?.lowerBound)
    let rows = catalog.kinds.map { kind in
      "| [`\(kind.manual.kind)`](\(Self.pages)/\(kind.manual.kind).md) | \(kind.manual.summary) | "
        + "\(kind.manual.planes) |"
    }
    let table = (["| Kind | Says that | Planes |", "| --- | --- | --- |"] + rows)
      .joined(separator: "\n")
    try Snapshot.check(text[..<before] + table + "\n" + text[after...], at: path)
  }
}
