import Foundation
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct StateDirectoryProgramTests {
  @Test func `a copy is for its owner, runs, and is made once`() throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"))
    let path = try state.keepProgram("/bin/echo", as: "guard/x")
    #expect(path == root.outside("/state/guard/x") && root.mode("/state/guard/x") == 0o700)
    #expect(try Shell.run("\(path) it runs") == "it runs\n")
    let inode = try Shell.run("stat -c %i \(path)")
    #expect(try state.keepProgram("/bin/echo", as: "guard/x") == path)
    #expect(try Shell.run("stat -c %i \(path)") == inode)
  }

  @Test func `a copy that is something else is replaced`() throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"))
    let path = try state.keepProgram("/bin/echo", as: "guard/x")
    try Shell.run("printf x >> \(path)")
    _ = try state.keepProgram("/bin/echo", as: "guard/x")
    #expect(try Shell.run("cmp /bin/echo \(path) && echo same") == "same\n")
  }
}
