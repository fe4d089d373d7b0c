import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

/// On file systems of a known size, with files of known sizes and times.
@Suite(.enabled(if: Namespace.isAvailable)) struct AuditLogTests {
  static let usual = """
    max_log_file = 4
    num_logs = 5
    max_log_file_action = ROTATE
    space_left = 20
    admin_space_left = 10%
    """

  /// What `ask` says of the log of a host with `conf`, whose file system has `size` MiB; each of the
  /// `files` is so many MiB of records, last written so many minutes ago, the newest first.
  static func on<Value>(
    _ conf: String, size: Int, files: [(size: Int, age: Int)] = [],
    _ ask: @escaping (AuditLog?, borrowing HardenSystem.Host) throws -> Value
  ) throws -> Value {
    try Namespace.run {
      let root = try TemporaryRoot()
      root.write("/etc/audit/auditd.conf", conf)
      root.makeDirectory("/var/log/audit")
      let folder = "\(root.path)/var/log/audit"
      try Shell.run("mount -t tmpfs -o size=\(size)m none \(folder)")
      defer { _ = try? Shell.run("umount \(folder)") }
      let now = Int(Date().timeIntervalSince1970)
      for (number, file) in files.enumerated() {
        let name = "\(folder)/audit.log\(number == 0 ? "" : ".\(number)")"
        // Records of 128 bytes.
        try Shell.run(
          "yes \"$(printf 'a%.0s' $(seq 127))\" | head -c \(file.size << 20) > \(name); touch -d @\(now - file.age * 60) \(name)"
        )
      }
      let host = try HardenSystem.Host(root: root.path)
      return try ask(try AuditLog.of(host), host)
    }
  }

  private func risks(
    _ conf: String = usual, size: Int, files: [(size: Int, age: Int)] = [],
    below limit: String? = "space_left"
  ) throws -> [String] {
    try Self.on(conf, size: size, files: files) { log, _ in
      log?.risks(of: "the end", below: limit) ?? ["no log"]
    }
  }

  @Test func `a log with room for all that it may become is no risk`() throws {
    #expect(try risks(size: 64) == [])
    #expect(try risks(size: 64, files: [(4, 1), (4, 2)]) == [])
  }

  @Test func `one that would take what is to be left is`() throws {
    #expect(
      try risks(size: 36) == [
        "/var/log/audit has 36 MiB left, of which the log may take 20 MiB before the oldest of it "
          + "goes; then less than space_left (20 MiB, /etc/audit/auditd.conf:4) is left, and that is "
          + "the end"
      ])
    // What it has taken already it does not take again.
    #expect(try risks(size: 44, files: [(4, 1), (4, 2)]) == [])
    #expect(try risks(size: 30, below: nil) == [])
    #expect(
      try risks(size: 16, below: nil) == [
        "/var/log/audit has 16 MiB left, of which the log may take 20 MiB before the oldest of it "
          + "goes; then nothing is left, and that is the end"
      ])
    #expect(try risks(size: 22, below: "admin_space_left") != [])
    #expect(try risks(size: 24, below: "admin_space_left") == [])
  }

  @Test func `one that has too little left already is near it`() throws {
    #expect(
      try risks(size: 20) == [
        "/var/log/audit has 20 MiB left, not more than space_left (20 MiB, /etc/audit/auditd.conf:4): "
          + "the end is near"
      ])
  }

  @Test func `one that nothing bounds ends there, and it is told when`() throws {
    let kept = "max_log_file_action = keep_logs\nspace_left = 20\n"
    let begin = "nothing bounds the log (/etc/audit/auditd.conf:1), and /var/log/audit has"
    #expect(try risks(kept, size: 64) == ["\(begin) 64 MiB left: it comes to the end"])
    // Four MiB came in the hour between the two files: 36 are left until there are only 20.
    #expect(
      try risks(kept, size: 64, files: [(4, 10), (4, 70)]) == [
        "\(begin) 56 MiB left, enough for about 9 hours at the speed so far (sizes and times of "
          + "/var/log/audit/audit.log to /var/log/audit/audit.log.1): it comes to the end"
      ])
    // At four MiB in nine days there are 81 left, in twenty days 180.
    #expect(try risks(kept, size: 64, files: [(4, 10), (4, 9 * 1440 + 10)]).count == 1)
    #expect(try risks(kept, size: 64, files: [(4, 10), (4, 20 * 1440 + 10)]) == [])
    let single = Self.usual.replacing("num_logs = 5", with: "num_logs = 1")
    #expect(try risks(single, size: 4096).count == 1)
  }

  @Test func `there is no log without a configuration, or one that is written`() throws {
    #expect(try risks("write_logs = no\n", size: 4) == ["no log"])
    #expect(try risks("log_file = /nowhere/audit.log\n", size: 4) == ["no log"])
    let root = try TemporaryRoot()
    #expect(try AuditLog.of(HardenSystem.Host(root: root.path)) == nil)
  }

  @Test func `a backlog that lasts a minute at the speed so far is no risk`() throws {
    let burst = { (backlog: UInt32, files: [(size: Int, age: Int)]) in
      try Self.on(Self.usual, size: 64, files: files) { log, _ in log?.burst(backlog) }
    }
    // Six MiB of records of 128 bytes in four minutes are 205 a second.
    let files = [(4, 1), (2, 3), (4, 5)].map { (size: $0.0, age: $0.1) }
    #expect(
      try burst(8192, files)
        == "records have come at about 205 a second (an estimate from sizes and times of "
        + "/var/log/audit/audit.log to /var/log/audit/audit.log.2), so the 8192 that may wait are used "
        + "up 40 seconds after the daemon is held up, and that is a panic with failure 2")
    #expect(try burst(16384, files) == nil)
    #expect(try burst(64, [(4, 1)]) == nil)
    #expect(try burst(64, []) == nil)
  }
}
