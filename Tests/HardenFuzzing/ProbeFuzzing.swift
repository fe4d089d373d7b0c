import HardenModel

/// Files that probes look into.
enum ProbeFuzzing {
  static func elf(_ bytes: [UInt8]) throws {
    var largest = 0
    let found = ELFProgram.read { offset, count in
      largest = max(largest, count)
      return Array(bytes.dropFirst(Int(clamping: offset)).prefix(count))
    }
    try require(largest <= 1 << 20, "\(largest) bytes are asked for at once")
    guard case .success = found else { return }
    try require(bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]), "a program without its magic")
  }

  static func certificate(_ bytes: [UInt8]) throws {
    guard let found = try? Certificate.all(in: bytes) else { return }
    for one in found {
      try require((0..<253_402_300_800).contains(one.end), "it ends at \(one.end)")
    }
    guard bytes.first != 0x30 else { return }
    let twice = try? Certificate.all(in: bytes + [0x0A] + bytes)
    try require(twice == found + found, "a bundle of two is not both of them")
  }
}
