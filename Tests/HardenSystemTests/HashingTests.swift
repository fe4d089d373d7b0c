import HardenModel
import HardenSystem
import Testing

@Suite struct HashingTests {
  @Test func `bytes have the digest that sha256sum prints`() {
    #expect(
      Digest(of: Array("abc".utf8)).description
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `each field stands behind its length, and one that is not there is none`() {
    #expect(Digest(ofFields: [nil]) == Digest(of: [0]))
    #expect(Digest(ofFields: ["a"]) == Digest(of: [1, 0, 0, 0, 0, 0, 0, 0, 1, 0x61]))
    let long = String(repeating: "a", count: 0x0102)
    #expect(Digest(ofFields: [long]) == Digest(of: [1, 0, 0, 0, 0, 0, 0, 1, 2] + Array(long.utf8)))
    let lists: [[String?]] = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["abc", nil], []]
    #expect(Set(lists.map { Digest(ofFields: $0) }).count == lists.count)
  }
}
