import Testing

@Suite struct MirroredTestsTests {
  /// Sources without a test file of their own, each with the place that tests them.
  static let exceptions: [String: String] = [
    "Sources/HardenCore/FieldValue.swift": "a protocol; FieldValuesTests",
    "Sources/HardenCore/Manual.swift": "declarations; ManualPageTests",
    "Sources/HardenCore/ResourceKind.swift": "a protocol; ResourceEntryTests",
    "Sources/HardenCore/Shape.swift": "cases without code; SchemaShapeTests",
    "Sources/HardenPlaybook/Explanations/NameExplanations.swift": "texts; CodeExplanationTests",
    "Sources/HardenPlaybook/Explanations/PlanExplanations.swift": "texts; CodeExplanationTests",
    "Sources/HardenPlaybook/LoadRequest.swift": "declarations; PlaybookLoaderTests",
    "Sources/HardenPlaybook/Unread.swift": "a wrapper without code; ScopeBuilderTests",
  ]

  @Test func `every source has its test`() {
    let tests = Set(SourceTree.paths("Tests"))
    for file in SourceTree.files("Sources") {
      let parts = file.path.split(separator: "/")
      let target = file.target == "harden" ? "Harden" : file.target
      let rest = parts.dropFirst(2).joined(separator: "/").dropLast(".swift".count)
      let mirror = "Tests/\(target)Tests/\(rest)Tests.swift"
      let isExcepted = Self.exceptions[file.path] != nil
      #expect(tests.contains(mirror) != isExcepted, "\(file): \(mirror)")
    }
  }

  @Test func `every test has its source`() {
    let sources = Set(SourceTree.paths("Sources"))
    for path in SourceTree.paths("Tests") where path.hasSuffix("Tests.swift") {
      let parts = path.split(separator: "/")
      let target = parts[1].dropLast("Tests".count)
      guard Self.mirrored.contains(String(target)) else { continue }
      let rest = parts.dropFirst(2).joined(separator: "/").dropLast("Tests.swift".count)
      let source = "Sources/\(target == "Harden" ? "harden" : target)/\(rest).swift"
      #expect(sources.contains(source), "\(path) tests no file of that name")
    }
  }

  /// Targets whose tests mirror sources.
  static let mirrored: Set<String> = Set(ImportsTests.arrows.keys).subtracting(["harden"])
    .union(["Harden"])
}
