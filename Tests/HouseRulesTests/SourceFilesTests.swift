import Testing

@Suite struct SourceFilesTests {
  /// Where C is called and memory is touched.
  static let unsafeTargets: Set<String> = ["HardenSystem", "HardenYAML"]

  @Test(arguments: SourceTree.files("Sources"))
  func `one idea fits into 400 lines`(file: SourceTree.File) {
    #expect(file.lines.count <= 401, "\(file) has \(file.lines.count - 1) lines")
  }

  @Test(arguments: SourceTree.files("Sources"))
  func `unsafe stays in two targets`(file: SourceTree.File) {
    guard !Self.unsafeTargets.contains(file.target) else { return }
    for line in file.code {
      #expect(!line.text.contains(/\bunsafe\b/), "\(file):\(line.number): \(line.text)")
    }
  }

  @Test(arguments: SourceTree.files("Sources"))
  func `nothing waits, traps on purpose or is left open`(file: SourceTree.File) {
    let words = /\b(async|await|fatalError|preconditionFailure|TODO|FIXME|XXX)\b|\btry!|\bas!/
    for (number, line) in zip(1..., file.lines) {
      #expect(!line.contains(words), "\(file):\(number): \(line)")
    }
  }

  /// Release builds count references without locked instructions.
  @Test(arguments: SourceTree.files("Sources"))
  func `there is one thread`(file: SourceTree.File) {
    let words = /\b(Task|Thread|pthread_\w+|Dispatch\w*|thrd_create|import (Dispatch|Foundation))\b/
    for line in file.code {
      #expect(!line.text.contains(words), "\(file):\(line.number): \(line.text)")
    }
  }

  @Test(arguments: SourceTree.files("Sources"))
  func `nothing is public`(file: SourceTree.File) {
    for line in file.code {
      #expect(
        !line.text.contains(#/^(@\w+ )*(public|open) /#), "\(file):\(line.number): \(line.text)")
    }
  }

  @Test(arguments: SourceTree.files("Sources"))
  func `what is shared is documented`(file: SourceTree.File) {
    for (index, line) in file.lines.enumerated() where Self.needsComment(line) {
      var above = index - 1
      while above >= 0, file.lines[above].trimmed.hasPrefix("@") { above -= 1 }
      let isDocumented = above >= 0 && file.lines[above].trimmed.hasPrefix("///")
      #expect(isDocumented, "\(file):\(index + 1): \(line.trimmed)")
    }
  }

  /// Witnesses of protocols say nothing that the protocol does not.
  private static func needsComment(_ line: String) -> Bool {
    let text = line.trimmed
    guard text.contains(#/^(@\w+(\(.*\))? )*package /#) && !text.hasPrefix("package import") else {
      return false
    }
    let witnesses = [
      /var description: String/, /init\(from decoder/, /func encode\(to encoder/,
      /static func [<=]/, /static var shape:/, /static func read\(/, /package extension/,
      /static let manual\b/, /var address: Address/, /func observe\(/, /func instances\(/,
      /static func mistake\(/, /static func found\(/,
    ]
    return !witnesses.contains { text.contains($0) }
  }

  @Test func `the top level is fixed`() {
    let allowed: Set<String> = [
      "Package.swift", "Sources", "Tests", "Playbooks", "Fixtures", "Makefile", "README.md",
      "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", ".ci", ".swift-format", ".gitignore", ".git",
      ".build", "Package.resolved", ".swiftpm",
    ]
    #expect(Set(SourceTree.names("")).subtracting(allowed).isEmpty)
  }
}

extension String {
  fileprivate var trimmed: Substring { drop { $0 == " " } }
}
