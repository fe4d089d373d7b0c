import Foundation
import HardenTestSupport
import Testing

/// The page of failures names a test for each, and every one of them exists.
@Suite struct FailuresTests {
  private static let page = "Sources/harden/Harden.docc/Failures.md"

  private static func text(_ path: String) -> String {
    (try? String(contentsOf: Snapshot.repository.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// The cells of each row, without the head of the table.
  private static let rows: [[String]] = {
    text(page).split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { line in
      line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
    }
  }()

  /// What the last cell of `row` names: suites with titles, and scripts with what they check.
  private static func tests(_ row: [String]) -> [(place: String, title: String)] {
    (row.last ?? "").components(separatedBy: "<br>").map { name in
      let parts = name.dropFirst().dropLast().split(separator: ": ", maxSplits: 1)
      return (parts.first.map(String.init) ?? "", parts.count == 2 ? String(parts[1]) : "")
    }
  }

  @Test func `every failure has what is done about it and a test`() {
    #expect(Self.rows.count >= 30)
    for row in Self.rows {
      #expect(row.count == 3 && row.allSatisfy { !$0.isEmpty }, "\(row)")
    }
  }

  @Test func `every test that is named exists`() {
    let suites = SourceTree.files("Tests").map { $0.lines.joined(separator: "\n") }
    for (place, title) in Self.rows.flatMap(Self.tests) {
      let isThere =
        place.hasPrefix("Tests/Guest/")
        ? Self.text(place).contains(title)
        : suites.contains { $0.contains("struct \(place) {") && $0.contains("func `\(title)`(") }
      #expect(isThere && !title.isEmpty, "\(Self.page): there is no \(place): \(title)")
    }
  }
}
