import Foundation
import Glibc
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct ProcessesTests {
  /// Runs `body` while a program, copied to a place of its own, keeps a file open for writing.
  private func withSleeper<Value>(
    _ body: (borrowing HardenSystem.Host, ProcessName, String) throws -> Value
  )
    throws -> Value
  {
    let root = try TemporaryRoot()
    try Shell.run("cp /bin/sleep \(root.path)/sleeper; touch \(root.path)/log")
    let pid = try Shell.run(
      "(exec \(root.path)/sleeper 600 3>>\(root.path)/log) >/dev/null 2>&1 & echo $!")
    let number = try #require(Int(pid.filter(\.isNumber)))
    defer { kill(pid_t(number), SIGKILL) }
    let host = try HardenSystem.Host()
    // The program is named once it has been executed.
    for _ in 0..<100
    where !host.processes().contains(where: { $0.pid == number && $0.name == "sleeper" }) {
      usleep(10_000)
    }
    let process = try #require(host.processes().first { $0.pid == number })
    return try body(host, process, root.path)
  }

  @Test func `a process is known by what it runs and what it writes`() throws {
    try withSleeper { host, process, path in
      #expect(process.description == "sleeper (pid \(process.pid))")
      let mount = try #require(try host.mount(holding: path))
      #expect(host.executables(of: process, on: mount).contains("\(path)/sleeper"))
      // What other tests had open when it was started may have come along.
      #expect(host.filesWritten(by: process, on: mount).contains("\(path)/log"))
      let other = try #require(try host.mount("/proc"))
      #expect(host.executables(of: process, on: other).isEmpty)
      #expect(host.filesWritten(by: process, on: other).isEmpty)
      #expect(host.mountNamespace(of: process.pid) == host.mountNamespace(of: Int(getpid())))
      #expect(host.ownMountNamespace == host.mountNamespace(of: Int(getpid())))
      #expect(host.mountFlags(at: "/", seenBy: process) != nil)
      #expect(host.mountFlags(at: "/no/mount", seenBy: process) == nil)
    }
  }

  @Test func `a process is known by its words and by when it began`() throws {
    let before = Int64(Glibc.time(nil))
    try withSleeper { host, process, path in
      #expect(host.arguments(of: process) == ["\(path)/sleeper", "600"])
      let start = host.start(of: process) ?? 0
      #expect((before - 1...Int64(Glibc.time(nil)) + 1).contains(start), "\(start), \(before)")
      let (first, none) = (host.process(1), host.process(1 << 30))
      #expect(host.start(of: first) ?? .max < start)
      #expect(host.start(of: none) == nil && host.arguments(of: none) == [])
    }
  }

  @Test func `a file that is mapped to be read is no program`() throws {
    let root = try TemporaryRoot()
    root.write("/data", "text", mode: 0o755)
    let path = "\(root.path)/data"
    let file = open(path, O_RDONLY)
    let mapped = mmap(nil, 4, PROT_READ, MAP_PRIVATE, file, 0)
    defer {
      munmap(mapped, 4)
      close(file)
    }
    let host = try HardenSystem.Host()
    let own = try #require(host.processes().first { $0.pid == Int(getpid()) })
    let mount = try #require(try host.mount(holding: path))
    #expect(!host.executables(of: own, on: mount).contains(path))
  }

  @Test func `a process that is gone uses nothing`() throws {
    let host = try HardenSystem.Host()
    let gone = try withSleeper { _, process, _ in process }
    usleep(50_000)
    let mount = try #require(try host.mount("/"))
    #expect(host.filesWritten(by: gone, on: mount).isEmpty)
    #expect(host.executables(of: gone, on: mount).isEmpty)
  }

  @Test func `an image has no processes, and this one knows its program`() throws {
    let root = try TemporaryRoot()
    #expect(try HardenSystem.Host(root: root.path).processes().isEmpty)
    #expect(try HardenSystem.Host().ownProgram?.isEmpty == false)
  }
}
