import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct WritableHostProgramsTests {
  private func run(
    _ programs: [String], _ arguments: [String], seconds: Int = 10, calls: Calls = .kernel
  ) throws -> WritableHost.Ended {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"), calls: calls)
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let journal = try state.create("journal")
    let host = try HardenSystem.Host(root: "/").writable(under: lock, recording: journal)
    return try host.run(programs, arguments, seconds: seconds)
  }

  @Test func `status and first line`() throws {
    let ended = try run(["/nowhere/sh", "/bin/sh"], ["-c", "echo one; echo two >&2; exit 7"])
    #expect(ended.status == 7 && ended.message == "one")
    #expect(try run(["/bin/sh"], ["-c", "kill -9 $$"]).status == 128 + 9)
    #expect(try run(["/bin/sh"], ["-c", "head -c 300000 /dev/zero; exit 3"]).status == 3)
  }

  @Test func `it inherits nothing`() throws {
    setenv("HARDEN_TEST_LEAK", "1", 1)
    let file = open("/dev/null", O_RDONLY)
    defer { close(file) }
    let environment = try run(["/usr/bin/env"], ["sh", "-c", "env | sort | tr '\\n' ' '"]).message
    #expect(!environment.contains("LEAK") && environment.contains("LC_ALL=C"))
    let descriptors = try run(["/bin/sh"], ["-c", "ls /proc/self/fd | tr '\\n' ' '"]).message
    #expect(descriptors == "0 1 2 3 ", "the 3 is the listing's own")
    #expect(try run(["/bin/sh"], ["-c", "cat; readlink /proc/self/fd/0"]).message == "/dev/null")
    let session = try run(["/bin/sh"], ["-c", "[ $(ps -o sid= -p $$) = $$ ] && echo own"]).message
    #expect(session == "own")
  }

  @Test func `one that hangs is ended, and one that is missing is named`() throws {
    #expect(throws: SystemError.self) { try run(["/bin/sleep"], ["100"], seconds: 1) }
    do {
      _ = try run(["/nowhere/tool"], [])
      Issue.record("it ran")
    } catch { #expect("\(error)".contains("/nowhere/tool")) }
  }

  @Test func `starting is a call that can be made to fail`() throws {
    let calls = Calls { $0.call == "posix_spawn" && !$0.isAfter ? .ioError : nil }
    #expect(throws: SystemError.self) { try run(["/bin/true"], [], calls: calls) }
  }
}
