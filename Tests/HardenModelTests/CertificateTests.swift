import Foundation
import HardenTestSupport
import Testing

@testable import HardenModel

@Suite struct CertificateTests {
  /// 2031-02-03 04:05:06 and 2060-02-03 04:05:06, as a certificate writes them in two forms.
  private static let ends: [(text: String, seconds: Int64)] = [
    ("20310203040506Z", 1_927_857_906), ("20600203040506Z", 2_843_006_706),
  ]

  /// A certificate of openssl that ends at `end`.
  private func made(_ end: String, form: String = "PEM", key: String = "ec") throws -> [UInt8] {
    let root = try TemporaryRoot(withAccounts: false)
    let options = key == "ec" ? "-newkey ec -pkeyopt ec_paramgen_curve:P-256" : "-newkey \(key)"
    try Shell.run(
      """
      cd \(root.path) && mkdir ca && touch ca/index && echo 01 > ca/serial
      printf '[ca]\\ndefault_ca=own\\n[own]\\ndir=ca\\ndatabase=ca/index\\nserial=ca/serial
      new_certs_dir=ca\\ndefault_md=sha256\\npolicy=any\\n[any]\\ncommonName=supplied\\n' > ca/config
      openssl req -new \(options) -nodes -keyout key -out request -subj '/CN=A test' 2>/dev/null
      openssl ca -config ca/config -batch -selfsign -keyfile key -in request -notext \
        -startdate 20200101000000Z -enddate \(end) -out made 2>/dev/null
      openssl x509 -in made -outform \(form) -out certificate
      """)
    return try Array(Data(contentsOf: URL(filePath: root.outside("/certificate"))))
  }

  @Test func `the end of a certificate in PEM and in DER, in both forms of time`() throws {
    for end in Self.ends {
      for form in ["PEM", "DER"] {
        let bytes = try made(end.text, form: form)
        #expect(try Certificate.all(in: bytes).map(\.end) == [end.seconds], "\(end.text) \(form)")
      }
    }
    #expect(
      try Certificate.all(in: made(Self.ends[0].text, key: "rsa:2048")).map(\.end)
        == [Self.ends[0].seconds])
  }

  @Test func `a bundle has all of them, whatever stands between`() throws {
    let first = try made(Self.ends[0].text)
    let second = try made(Self.ends[1].text)
    let key = Array("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\r\n".utf8)
    let carriage = second.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    let bundle = Array("# comment\n".utf8) + first + key + carriage
    #expect(try Certificate.all(in: bundle).map(\.end) == Self.ends.map(\.seconds))
    #expect(try Certificate.all(in: key) == [])
    #expect(try Certificate.all(in: []) == [])
  }

  @Test func `a certificate that ends anywhere is none, and none traps`() throws {
    let whole = try made(Self.ends[0].text, form: "DER")
    for length in 1..<whole.count {
      #expect(throws: Certificate.Mistake.self, "\(length)") {
        try Certificate.all(in: Array(whole.prefix(length)))
      }
    }
    #expect(throws: Certificate.Mistake.self) { try Certificate.all(in: whole + [0]) }
    let text = try made(Self.ends[0].text)
    let cut = Array(text.prefix(text.count - 30))
    #expect(throws: Certificate.Mistake(message: "a certificate in it has no end")) {
      try Certificate.all(in: cut)
    }
    for index in whole.indices {
      for byte: UInt8 in [0, 0x7F, 0x80, 0x84, 0xFF] {
        var bytes = whole
        bytes[index] = byte
        _ = try? Certificate.all(in: bytes)
      }
    }
  }

  @Test(
    arguments: [
      [0x30], [0x30, 0x80], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
      [0x30, 0x88, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0xFF], [0x30, 0x03, 1],
      [0x30, 0x02, 0x30, 0x05], [0x30, 0x04, 0x30, 0x84, 0x00, 0x00],
    ] as [[UInt8]])
  func `lengths that reach too far end it`(bytes: [UInt8]) {
    #expect(throws: Certificate.Mistake.self) { try Certificate.all(in: bytes) }
  }

  @Test(
    arguments: [
      (0x17, "490101000000Z", 2_493_072_000), (0x17, "991231235959Z", 946_684_799),
      (0x18, "20300101000000Z", 1_893_456_000), (0x18, "99991231235959Z", 253_402_300_799),
      (0x17, "990229000000Z", nil), (0x17, "991301000000Z", nil), (0x17, "990101240000Z", nil),
      (0x17, "9901010000Z", nil), (0x17, "990101000000", nil), (0x17, "99010100000+Z", nil),
      (0x18, "20300101000000.5Z", nil), (0x17, "20300101000000Z", nil), (0x17, "Z", nil),
      (0x17, "", nil), (0x04, "990101000000Z", nil), (0x18, "00000101000000Z", nil),
    ] as [(UInt8, String, Int64?)])
  func `times as RFC 5280 has them`(tag: UInt8, text: String, seconds: Int64?) {
    let value = { (tag: UInt8, content: [UInt8]) in [tag, UInt8(content.count)] + content }
    let start = value(0x17, Array("200101000000Z".utf8))
    let validity = value(0x30, start + value(tag, Array(text.utf8)))
    let inner = value(0x02, [1]) + value(0x30, []) + value(0x30, []) + validity
    let bytes = value(0x30, value(0x30, inner))
    #expect((try? Certificate.all(in: bytes))?.map(\.end) == seconds.map { [$0] })
  }
}
