import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct SecretFileTests {
  @Test func `only what others can neither read nor write is a secret`() throws {
    let root = try TemporaryRoot()
    root.write("/key", "hunter2", mode: 0o640)
    #expect(try SecretFile.read("\(root.path)/key") == Array("hunter2".utf8))
    root.write("/known", "hunter2", mode: 0o644)
    root.write("/open", "hunter2", mode: 0o622)
    let message = { (name: String) in
      #expect(throws: SystemError.self) { try SecretFile.read("\(root.path)/\(name)") }
        .map { "\($0)" } ?? ""
    }
    #expect(message("known").contains("everybody can read it, so it is no secret"))
    #expect(message("open").contains("it is no place for a secret: everybody can write"))
    #expect(message("missing").contains("No such file"))
  }
}
