import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct AccessListTests {
  private let accounts = AccountNames(
    passwd: "root:x:0:0\nalice:x:1000:1000\n", group: "adm:x:4:\n")

  @Test func `bytes come back as they were, sorted as the kernel wants them`() throws {
    let list = AccessList([
      .init(tag: .other, permissions: 4), .init(tag: .group, id: 4, permissions: 5),
      .init(tag: .user, id: 1000, permissions: 6), .init(tag: .user, id: 7, permissions: 1),
      .init(tag: .owner, permissions: 7), .init(tag: .mask, permissions: 7),
      .init(tag: .owningGroup, permissions: 0),
    ])
    #expect(list.bytes.count == 4 + 7 * 8)
    #expect(AccessList(list.bytes) == list)
    #expect(list.entries.map(\.id) == [nil, 7, 1000, nil, 4, nil, nil])
    #expect(list.text(accounts) == "u:#7:--x,u:alice:rw-,g::---,g:adm:r-x")
    #expect(list.named == 7)
    #expect(list.permissions(.mask) == 7)
  }

  @Test func `what is no list is none`() {
    #expect(AccessList([]) == nil)
    #expect(AccessList([1, 0, 0, 0]) == nil)
    #expect(AccessList([2, 0, 0, 0, 1]) == nil)
    #expect(AccessList([2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]) == nil)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/setfacl")))
  func `the kernel's own bytes are ours`() throws {
    let root = try TemporaryRoot()
    root.write("/f", "")
    let status = try Launch("/usr/bin/setfacl", ["-m", "u:1000:rw,g:4:r", root.outside("/f")])
      .status
    try #require(status == 0)
    let bytes = try #require(try Host(root: root.path).xattrs("/f")[AccessList.attribute]).raw
    let list = try #require(AccessList(bytes))
    #expect(list.bytes == bytes)
    #expect(list.text(accounts) == "u:alice:rw-,g::r--,g:adm:r--")
  }
}
