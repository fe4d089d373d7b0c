import Foundation
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct VersionOrderTests {
  @Test func `names stand as in ls -v`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let alphabet = Array("019abAZ_-~+.")
    var names: Set<String> = [
      "9-b", "10", "10-A", "10-a2", "10-a10", "010-z", "50-x~", "50-x", "_x",
    ]
    for _ in 0..<600 {
      let name = (0..<Int.random(in: 1..<7, using: &random)).map { _ in
        String(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
      }.joined()
      if name.first != ".", name.first != "-", !name.hasPrefix("~") { names.insert(name) }
    }
    names = Set(names.map { "\($0).rules" })
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "order-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in names { try Data().write(to: folder.appending(path: name)) }
    let theirs = try Shell.run("ls -1v \(folder.path())").split(separator: "\n").map(String.init)
    let ours = names.sorted(by: VersionOrder.precedes)
    #expect(ours == theirs, "seed \(seed)")
  }
}
