import Foundation
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct CallsTests {
  @Test(arguments: [false, true])
  func `a call is intercepted before it is made, or after`(isAfter: Bool) throws {
    let root = try TemporaryRoot()
    let path = root.outside("/file")
    let calls = Calls { $0.call == "renameat2" && $0.isAfter == isAfter ? .ioError : nil }
    #expect {
      try UserFile.store([65], at: path, calls: calls)
    } throws: {
      ($0 as? SystemError)?.errno == .ioError
    }
    #expect(FileManager.default.fileExists(atPath: path) == isAfter)
  }

  @Test func `without anybody to ask every call is made`() throws {
    let root = try TemporaryRoot()
    try UserFile.store([65], at: root.outside("/file"), calls: .kernel)
    #expect(root.text("/file") == "A")
  }
}
