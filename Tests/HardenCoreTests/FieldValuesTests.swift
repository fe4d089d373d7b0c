import HardenCore
import HardenModel
import Testing

@Suite struct FieldValuesTests {
  @Test(arguments: ["yes", "no", "on", "True", "1", "~", ""])
  func `only true and false are booleans`(text: String) {
    #expect(read(plain(text), as: Bool.self).1 == [.wrongType])
  }

  @Test func `booleans are not quoted`() {
    #expect(read(plain("true"), as: Bool.self).0 == true)
    #expect(read(plain("false"), as: Bool.self).0 == false)
    let quoted = Node(.scalar("true", quoted: true), at: plain("").range)
    #expect(read(quoted, as: Bool.self).1 == [.wrongType])
  }

  @Test func `numbers are whole, quoted or not`() {
    #expect(read(plain("-7"), as: Int.self).0 == -7)
    #expect(read(Node(.scalar("7", quoted: true), at: plain("").range), as: Int.self).0 == 7)
    for text in ["+7", "7.0", "0x7", "1e3", "99999999999999999999", ""] {
      #expect(read(plain(text), as: Int.self).1 == [.wrongType], "\(text)")
    }
  }

  @Test(arguments: [
    ("644", "\"0644\""), ("7", "\"0007\""), ("rw", "0644"), ("0999", "0644"), ("00644", "0644"),
  ])
  func `modes have four octal digits`(text: String, help: String) {
    var reading = Reading()
    #expect(Mode.read(plain(text), &reading) == nil)
    #expect(reading.diagnostics.map(\.code) == [.ambiguousMode])
    #expect(reading.diagnostics.first?.help?.contains(help) == true)
    #expect(read(plain("0644"), as: Mode.self).0 == Mode(0o644))
  }

  @Test func `accounts are names or numbers`() {
    #expect(read(plain("root"), as: Principal.self).0 == .name("root"))
    #expect(read(plain("_apt-1.x$"), as: Principal.self).0 == .name("_apt-1.x$"))
    #expect(read(plain("42"), as: Principal.self).0 == .id(42))
    for text in ["4294967295", "no one", "1abc", "", "a:b", "é"] {
      #expect(read(plain(text), as: Principal.self).1 == [.wrongValue], "\(text)")
    }
  }

  @Test func `lists and mappings report every wrong part`() {
    #expect(read(list("1", "a", "b"), as: [Int].self).1 == [.wrongType, .wrongType])
    #expect(read(plain("1"), as: [Int].self).1 == [.wrongType])
    #expect(read(mapping(["a": plain("1")]), as: [String: Int].self).0 == ["a": 1])
    #expect(read(mapping(["a": plain("x")]), as: [String: Int].self).1 == [.wrongType])
  }
}
