internal import Glibc

/// An extended regular expression of POSIX, matched line by line as `grep -E` does, byte by byte.
@safe package struct LinePattern: ~Copyable {
  private let compiled: UnsafeMutablePointer<regex_t>

  /// What is wrong with an expression, in the C library's words.
  package struct Mistake: Error, Hashable, Sendable {
    /// A few words.
    package let message: String
  }

  /// Compiles `text`; the corresponding function is `regcomp`.
  package init(_ text: String, ignoringCase: Bool = false) throws(Mistake) {
    let compiled = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
    let flags = REG_EXTENDED | REG_NOSUB | (ignoringCase ? REG_ICASE : 0)
    let result = unsafe regcomp(compiled, text, flags)
    guard result == 0 else {
      var words = [CChar](repeating: 0, count: 200)
      _ = unsafe regerror(result, compiled, &words, words.count)
      unsafe compiled.deallocate()
      throw Mistake(
        message: String(
          decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    unsafe self.compiled = compiled
  }

  deinit {
    unsafe regfree(compiled)
    unsafe compiled.deallocate()
  }

  /// The numbers of the lines of `content` that match, counted from 1; NUL ends a line, too.
  package func lines(of content: [UInt8]) -> [Int] {
    var found: [Int] = []
    var number = 1
    for line in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
      for part in line.split(separator: 0, omittingEmptySubsequences: false) {
        let text = part.map { CChar(bitPattern: $0) } + [0]
        guard unsafe regexec(compiled, text, 0, nil, 0) == 0 else { continue }
        found.append(number)
        break
      }
      number += 1
    }
    // What follows the last line feed is no line where nothing does.
    if content.last ?? 0x0A == 0x0A, found.last == number - 1 { found.removeLast() }
    return found
  }
}
