import Foundation
import HardenFuzzing
import Testing

/// Every seed and every finding of `make fuzz`, tried once.
@Suite struct FuzzTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/fuzz").standardized

  @Test(arguments: FuzzTarget.allCases)
  func `what is kept in the corpus breaks nothing`(_ target: FuzzTarget) throws {
    let folder = Self.folder.appending(path: target.rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.isEmpty, "there is no seed for \(target.rawValue)")
    for name in names {
      let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
      #expect(throws: Never.self, "\(target.rawValue)/\(name)") { try target.run(bytes) }
    }
  }
}
