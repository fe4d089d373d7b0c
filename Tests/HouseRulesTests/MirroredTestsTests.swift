import Testing

@Suite struct MirroredTestsTests {
  /// Sources without a test file of their own, each with the place that tests them.
  static let exceptions: [String: String] = [
    "Sources/HardenCore/FieldValue.swift": "a protocol; FieldValuesTests",
    "Sources/HardenCore/ResourceKind.swift": "a protocol; ResourceEntryTests",
    "Sources/HardenCore/Shape.swift": "cases without code; SchemaShapeTests",
    "Sources/HardenPlaybook/Explanations/NameExplanations.swift": "texts; CodeExplanationTests",
    "Sources/HardenPlaybook/Explanations/PlanExplanations.swift": "texts; CodeExplanationTests",
    "Sources/HardenPlaybook/LoadRequest.swift": "declarations; PlaybookLoaderTests",
    "Sources/HardenPlaybook/Unread.swift": "a wrapper without code; ScopeBuilderTests",
    "Sources/HardenModel/RunSummary.swift": "values without behaviour",
    "Sources/harden/Verb.swift": "a protocol; each verb has its tests",
  ]

  @Test func `every source has its test`() {
    let tests = Set(SourceTree.paths("Tests"))
    let sources = SourceTree.files("Sources").map(\.path)
    let missing = sources.filter { Self.exceptions[$0] == nil && !tests.contains(Self.mirror($0)) }
    #expect(missing.isEmpty, "\(missing.count) without a test:\n\(missing.joined(separator: "\n"))")
    let needless = Self.exceptions.keys.filter {
      !sources.contains($0) || tests.contains(Self.mirror($0))
    }
    #expect(needless.isEmpty, "exceptions that are none: \(needless)")
  }

  /// `Sources/harden/Console.swift` is tested by `Tests/HardenTests/ConsoleTests.swift`.
  private static func mirror(_ source: String) -> String {
    let parts = source.split(separator: "/")
    let target = parts[1] == "harden" ? "Harden" : parts[1]
    let rest = parts.dropFirst(2).joined(separator: "/").dropLast(".swift".count)
    return "Tests/\(target)Tests/\(rest)Tests.swift"
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
