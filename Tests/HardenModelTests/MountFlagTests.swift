import HardenModel
import HardenTestSupport
import Testing

@Suite struct MountFlagTests {
  @Test(arguments: [
    ("defaults", "relatime"), ("nosuid,nodev", "nosuid,nodev,relatime"),
    ("noexec,exec", "relatime"), ("exec,noexec", "noexec,relatime"),
    ("noexec,defaults", "noexec,relatime"), ("user", "nosuid,nodev,noexec,relatime"),
    ("user,exec", "nosuid,nodev,relatime"), ("owner", "nosuid,nodev,relatime"),
    ("noatime", "noatime"), ("noatime,strictatime", "strictatime"), ("noatime,atime", "relatime"),
    ("ro,rw", "relatime"), ("rw,ro", "ro,relatime"), ("size=1G,x-systemd.automount", "relatime"),
    ("nosymfollow,nodiratime", "nosymfollow,nodiratime,relatime"), ("", "relatime"),
  ])
  func `later words override earlier ones`(options: String, flags: String) {
    #expect(MountOptions.flags(MountOptions.words(options)).sorted().text == flags)
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `lists come to what mount makes of them`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let words =
      ["defaults", "user", "users", "owner", "group", "nofail", "mode=700"]
      + MountFlag.allCases.flatMap { [$0.rawValue, $0.opposite] }
    let lists = (0..<300).map { _ in
      (0..<Int.random(in: 1...5, using: &random)).compactMap { _ in
        words.randomElement(using: &random)
      }
    }
    let answers = try Namespace.run {
      let root = try TemporaryRoot(withAccounts: false)
      root.write("/lists", lists.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
      return try Shell.run(
        """
        cd \(root.path)
        while read -r list; do
          echo "none /mnt tmpfs $list 0 0" > tab
          mount -T tab /mnt; findmnt -rno VFS-OPTIONS /mnt; umount /mnt
        done < lists
        """
      ).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    }
    #expect(answers.count == lists.count)
    for (list, answer) in zip(lists, answers) {
      let ours = MountOptions.flags(list).subtracting([.strictatime]).map(\.rawValue)
      let theirs = answer.filter { $0 != "rw" }
      #expect(Set(ours) == Set(theirs), "\(list), seed \(seed)")
    }
  }

  @Test func `a comma between quotes is part of a word`() {
    #expect(
      MountOptions.words("context=\"a:b:c:s0:c1,c2\",nodev,,") == [
        "context=\"a:b:c:s0:c1,c2\"", "nodev",
      ])
  }

  @Test func `bits are those of the kernel, and the access times are one field`() {
    #expect(
      MountFlag.allCases.map(\.bit) == [1, 2, 4, 8, 0x20_0000, 0x80, 0x10, 0, 0x20])
    #expect(MountFlag.accessTimes.allSatisfy { $0.mask == 0x70 })
    #expect(MountFlag.noexec.mask == 8)
  }

  @Test func `every flag has one word that takes it back`() {
    for flag in MountFlag.allCases {
      let both = MountOptions.flags([flag.rawValue, flag.opposite])
      #expect(flag == .relatime || !both.contains(flag), "\(flag)")
    }
    #expect(Set(MountFlag.allCases.map(\.opposite)).count == MountFlag.allCases.count)
  }
}
