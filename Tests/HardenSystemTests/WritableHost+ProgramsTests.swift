import HardenModel
import HardenTestSupport
import SystemPackage
import Testing

@testable import HardenSystem

@Suite struct WritableHostProgramsTests {
  private func run(
    _ script: String, input: [UInt8]? = nil, seconds: Int = 10, calls: Calls = .kernel
  ) throws -> WritableHost.Ended {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"), calls: calls)
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let file = try state.create("scratch")
    let host = try Host().writable(under: lock, recording: file)
    return try host.run(
      ["/nowhere/sh", "/bin/sh"], ["-c", script], input: input, seconds: seconds)
  }

  @Test func `how it ended and what it said first`() throws {
    #expect(try run("echo one; echo two; exit 3") == .init(status: 3, message: "one"))
    #expect(try run("echo wrong >&2; kill -9 $$") == .init(status: 137, message: "wrong"))
  }

  @Test func `it is given its input, as a file that can be read twice`() throws {
    #expect(
      try run("cat /dev/stdin >/dev/null; cat /dev/stdin", input: Array("text\n".utf8)).message
        == "text")
    #expect(try run("cat; echo end").message == "end")
  }

  @Test func `nothing is inherited`() throws {
    #expect(try run("env | grep -v -e PATH= -e PWD= -e SHLVL= -e _=").message == "LC_ALL=C")
    #expect(try run("ls -m /proc/self/fd").message == "0, 1, 2, 3")
  }

  @Test func `it is ended when its time is up`() throws {
    #expect(throws: SystemError(refusing: "/bin/sh", "it did not end within 1 seconds")) {
      try run("sleep 60", seconds: 1)
    }
  }
}
