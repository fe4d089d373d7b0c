import Testing

@Suite struct ImportsTests {
  /// Who may import whom; arrows point down only, and siblings never meet.
  static let arrows: [String: Set<String>] = [
    "HardenModel": [],
    "HardenYAML": ["CYAML", "HardenModel"],
    "HardenSystem": ["CAudit", "CHarden", "CNettle", "Glibc", "HardenModel", "SystemPackage"],
    "HardenCore": ["HardenModel", "HardenSystem"],
    "HardenResources": ["HardenCore", "HardenModel", "HardenSystem"],
    "HardenActuators": ["HardenModel", "HardenSystem"],
    "HardenPlaybook": ["HardenCore", "HardenModel", "HardenSystem", "HardenYAML"],
    "HardenEngine": ["HardenActuators", "HardenCore", "HardenModel", "HardenSystem"],
    "HardenViews": ["HardenModel"],
    "harden": [
      "ArgumentParser", "HardenCore", "HardenEngine", "HardenModel", "HardenPlaybook",
      "HardenResources", "HardenSystem", "HardenViews",
    ],
  ]

  /// What every target may import besides: JSON needs it, and nothing else of Foundation.
  static let everywhere: Set<String> = ["FoundationEssentials"]

  @Test(arguments: SourceTree.files("Sources"))
  func `imports point down`(file: SourceTree.File) throws {
    let allowed = try #require(Self.arrows[file.target], "\(file) is in no target")
    for line in file.code {
      let words = line.text.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else {
        continue
      }
      let name = String(words[place + 1])
      #expect(
        allowed.union(Self.everywhere).contains(name),
        "\(file):\(line.number): \(file.target) must not import \(name)")
    }
  }
}
