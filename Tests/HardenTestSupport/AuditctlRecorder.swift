import Foundation

/// What auditctl would send to the kernel for lines of a rules file; nothing is sent.
package struct AuditctlRecorder {
  private let folder: URL

  /// Builds the library that is preloaded.
  package init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "recorder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let source = tests.appending(path: "Recorder/auditctl.c").path()
    try Shell.run("cc -shared -fPIC -o \(folder.path())/recorder.so \(source)")
  }

  /// Whether auditctl is there to be asked, and may be.
  package static var isAvailable: Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/sbin/auditctl") && geteuid() == 0
  }

  /// Removes what was built.
  package func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The rule that each of `lines` would load, in bytes; nil where auditctl refuses the line.
  package func rules(of lines: [String]) throws -> [[UInt8]?] {
    // After each line one that is told by its number, so that nothing gets out of step.
    var text = "-c\n"
    for (number, line) in lines.enumerated() { text += "\(line)\n-d never,exit -F pid=\(number)\n" }
    let file = folder.appending(path: "rules")
    let record = folder.appending(path: "record")
    try Data(text.utf8).write(to: file)
    try Data().write(to: record)
    _ = try? Shell.run(
      "RECORD_TO=\(record.path()) LD_PRELOAD=\(folder.path())/recorder.so auditctl -R \(file.path()) >/dev/null 2>&1"
    )
    return split([UInt8](try Data(contentsOf: record)), count: lines.count)
  }

  private func split(_ bytes: [UInt8], count: Int) -> [[UInt8]?] {
    var rules = [[UInt8]?](repeating: nil, count: count)
    var pending: [UInt8]?
    var rest = bytes[...]
    let word = { (bytes: ArraySlice<UInt8>) in
      bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    while let kind = rest.popFirst() {
      let size = word(rest)
      let rule = Array(rest.dropFirst(4).prefix(size))
      rest = rest.dropFirst(4 + size)
      if kind == UInt8(ascii: "A") {
        pending = rule
      } else {
        let number = word(rule[524...])
        if number < count { rules[number] = pending }
        pending = nil
      }
    }
    return rules
  }
}
