import HardenViews

/// Text that others have written.
enum TerminalFuzzing {
  static func run(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    for shown in [Escaped.text(text), Escaped.bytes(bytes)] {
      try require(!shown.contains("\n") && !shown.contains("\t"), "one line becomes several")
      try requireHarmless(shown)
    }
    try requireHarmless(Escaped.block(text))
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      try require(Escaped.text(text) == text, "plain text changes")
    }
  }
}
