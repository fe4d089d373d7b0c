import HardenModel
import HardenSystem
import Testing

@Suite struct AccountBookUnitsTests {
  private var book = AccountBook([
    .shadow: Array("root:!:1::::::\nann:$y$hash:1::::::\n".utf8),
    .subuid: Array("ann:1:2\nann:3:4\n".utf8),
  ])

  @Test func `passwords stand behind digests and open words as they are`() {
    let ann = book.unit(.shadow, "ann")
    #expect(ann.predecessor == "root")
    #expect(ann.rows[0].fields[1] == .secret(Digest(of: Array("$y$hash".utf8))))
    #expect(book.unit(.shadow, "root").rows[0].fields[1] == .text(Bytes("!")))
    #expect(book.secrets(.shadow, "ann") == [Array("$y$hash".utf8)])
    #expect(book.secrets(.shadow, "root") == [] && book.secrets(.subuid, "ann") == [])
    #expect(book.unit(.subuid, "ann").rows.count == 2)
    #expect(book.unit(.passwd, "ann").rows == [])
  }

  @Test func `a password that stays is not asked for, and one that changes is`() throws {
    var book = book
    let unit = book.unit(.shadow, "ann")
    var row = unit.rows[0]
    row.fields[4] = .text(Bytes("90"))
    try book.apply(RowEdit(.shadow, "ann", before: unit.rows, after: [row])) {
      digest throws(SystemError) in throw SystemError(refusing: "\(digest)", "not needed")
    }
    #expect(
      book.tables[.shadow]?.rows(of: "ann")[0].map(\.lossy)[1...4] == ["$y$hash", "1", "", "90"])
    let new = Array("$y$new".utf8)
    row.fields[1] = .secret(Digest(of: new))
    try book.apply(RowEdit(.shadow, "ann", before: unit.rows, after: [row])) { _ in new }
    #expect(book.secrets(.shadow, "ann") == [new])
  }
}
