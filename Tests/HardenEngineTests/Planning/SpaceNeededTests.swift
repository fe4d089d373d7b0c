import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite(.enabled(if: Namespace.isAvailable)) struct SpaceNeededTests {
  private func lacking(_ sizes: [Int], _ scene: String) throws -> [String] {
    try Namespace.run {
      try Shell.run("mount -t tmpfs -o size=32k,nr_inodes=6 none /mnt; cd /mnt; \(scene)")
      var known: [Digest: Int] = [:]
      let steps = sizes.enumerated().map { index, size in
        let digest = Digest(of: [UInt8(index)])
        known[digest] = size
        return Step.writeFile(
          WriteFile(path: "/mnt/new/f\(index)", before: .absent, after: FileState(.file(digest))))
      }
      let host = try HardenSystem.Host()
      return try SpaceNeeded(steps, known, on: host).lacking(on: host)
    }
  }

  @Test func `what fits is no news`() throws {
    #expect(try lacking([4000, 4000], "true") == [])
    #expect(try lacking([], "head -c 40000 /dev/zero > f; true") == [])
  }

  @Test func `each file stands beside the one that it replaces for a moment`() throws {
    #expect(
      try lacking([16_000, 100], "true") == [
        "what is written to /mnt needs 36 KiB, and its file system has 32 KiB left"
      ])
    let replaced = "mkdir new; head -c 16000 /dev/zero > new/f0"
    #expect(try lacking([16_000], replaced) == [])
    #expect(
      try lacking([16_000], "\(replaced); head -c 4096 /dev/zero > f") == [
        "what is written to /mnt/new needs 16 KiB, and its file system has 12 KiB left"
      ])
  }

  @Test func `names need inodes`() throws {
    #expect(
      try lacking([1, 1], "touch a b c") == [
        "what is written to /mnt needs 3 inodes, and its file system has 2 left"
      ])
  }
}
