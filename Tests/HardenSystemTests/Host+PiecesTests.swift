import Foundation
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct HostPiecesTests {
  @Test func `the digest of a file is sha256sum's, whatever its size`() throws {
    let root = try TemporaryRoot()
    let large = (0..<(2 << 20) + 17).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for content in [[], Array("abc\n".utf8), large] {
      root.write("/f", content)
      let expected = try Shell.run("sha256sum < \(root.outside("/f"))").prefix(64)
      let host = try HardenSystem.Host(root: root.path)
      #expect(try host.digest(ofFile: "/f")?.description == String(expected))
    }
  }

  @Test func `pieces end with the file, links are followed, and nothing else is read`() throws {
    let root = try TemporaryRoot()
    root.write("/f", "0123456789")
    root.link("/l", to: "f")
    try Shell.run("mkfifo \(root.outside("/pipe"))")
    let host = try HardenSystem.Host(root: root.path)
    #expect(try host.piece(of: "/l", from: 2, count: 3) == Array("234".utf8))
    #expect(try host.piece(of: "/f", from: 8, count: 100) == Array("89".utf8))
    for offset in [10, UInt64(Int64.max), .max] {
      #expect(try host.piece(of: "/f", from: offset, count: 8) == [])
    }
    #expect(try host.piece(of: "/none", from: 0, count: 1) == nil)
    #expect(try host.digest(ofFile: "/none") == nil)
    for path in ["/pipe", "/etc"] {
      #expect(throws: SystemError.self) { try host.digest(ofFile: path) }
    }
  }

  @Test func `what is planned is read instead of what is there`() throws {
    let root = try TemporaryRoot()
    root.write("/f", "old")
    let host = try HardenSystem.Host(root: root.path)
    #expect(try host.digest(ofFile: "/f") == Digest(of: Array("old".utf8)))
    let new = Array("newer".utf8)
    let planned = try host.after(
      [
        .writeFile(
          WriteFile(
            path: "/f",
            before: FileState(.file(Digest(of: Array("old".utf8))), Attributes()),
            after: FileState(.file(Digest(of: new)), Attributes())))
      ], contents: [Digest(of: new): new])
    #expect(try planned.digest(ofFile: "/f") == Digest(of: new))
    #expect(try planned.piece(of: "/f", from: 3, count: 9) == Array("er".utf8))
  }
}
