import HardenModel
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct RunStoreTests {
  @Test(arguments: [true, false])
  func `a before-image that is damaged or gone is never put back`(isGone: Bool) throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "theirs\n")
    try engine.apply(
      try engine.plan([
        engine.control("f", "file", ["path": "/etc/f", "content": "ours\n"])
      ]))
    let blob = "\(engine.statePath)/blobs/sha256/\(Digest(of: Array("theirs\n".utf8)))"
    try Shell.run(isGone ? "rm \(blob)" : "printf thairs > \(blob)")
    #expect {
      try engine.apply(try engine.rollback())
    } throws: { error in
      (error as? Failure)?.sentences.contains { $0.contains("the before-image is") } == true
    }
    #expect(engine.root.text("/etc/f") == "ours\n")
  }
}
