import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct MountFileTests {
  private func options(_ before: String, _ wanted: [MountFlag], _ forbidden: [MountFlag] = [])
    -> String
  {
    plan(before, wanted, forbidden).options.joined(separator: ",")
  }

  private func plan(_ before: String, _ wanted: [MountFlag], _ forbidden: [MountFlag]) -> MountFile
  {
    let text = "tmpfs /m tmpfs \(before) 0 0\n"
    let file = FstabFile(Array(text.utf8))
    let plan = MountFile(
      file.lines(for: "/m")[0], for: Mount(path: "/m", options: wanted, forbidden: forbidden))
    // What is planned is what the edits do.
    var edited = file
    for edit in plan.edits { edited.apply(edit) }
    #expect(edited.lines(for: "/m")[0].options == plan.options)
    return plan
  }

  @Test(arguments: [
    ("defaults", "defaults,noexec"), ("noexec", "noexec"), ("exec", "noexec"),
    ("rw,exec,size=1G", "rw,noexec,size=1G"), ("noexec,exec", "noexec"), ("user", "user"),
    ("user,exec", "user,noexec"), ("noexec,defaults", "noexec,defaults"),
  ])
  func `noexec is wanted`(before: String, after: String) {
    #expect(options(before, [.noexec]) == after)
  }

  @Test(arguments: [
    ("defaults,noexec", "defaults"), ("exec", "exec"), ("user", "user,exec"),
    ("user,noexec", "user,exec"),
  ])
  func `noexec is forbidden`(before: String, after: String) {
    #expect(options(before, [], [.noexec]) == after)
  }

  @Test(arguments: [
    ("defaults", "defaults,noatime"), ("relatime", "noatime"), ("rw,strictatime,x", "rw,noatime,x"),
    ("atime", "noatime"), ("noatime", "noatime"),
  ])
  func `access times replace one another`(before: String, after: String) {
    #expect(options(before, [.noatime]) == after)
  }

  @Test func `whatever stood there, what comes out is what is wanted`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let words = [
      "defaults", "rw", "ro", "exec", "noexec", "suid", "nosuid", "dev", "nodev", "user", "owner",
      "noatime", "relatime", "strictatime", "atime", "size=1k",
    ]
    var contradictory = 0
    for _ in 0..<2000 {
      let before = (0..<Int.random(in: 1...5, using: &random)).compactMap { _ in
        words.randomElement(using: &random)
      }
      var flags = [MountFlag.noexec, .nosuid, .nodev, .readOnly].shuffled(using: &random)
      let wanted = Array(flags.prefix(2))
      flags.removeFirst(2)
      let plan = plan(before.joined(separator: ","), wanted, [flags[0]])
      let after = plan.options
      guard plan.isSettled else {
        contradictory += 1
        continue
      }
      let result = MountOptions.flags(after)
      #expect(
        result.isSuperset(of: wanted) && !result.contains(flags[0]),
        "\(before) -> \(after), wanted \(wanted), not \(flags[0]), seed \(seed)")
      #expect(
        MountOptions.flags(before).contains(flags[1]) == result.contains(flags[1]),
        "\(before) -> \(after), seed \(seed)")
    }
    #expect(contradictory < 400, "\(contradictory), seed \(seed)")
  }
}
