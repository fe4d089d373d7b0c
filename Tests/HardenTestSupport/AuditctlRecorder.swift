import Foundation

/// What auditctl would send to the kernel for lines of a rules file, and what a kernel would then
/// hold; nothing is sent.
package struct AuditctlRecorder {
  private let folder: URL

  /// What a kernel holds that has loaded a file.
  package struct Loaded: Equatable {
    /// The bytes of the rules of each list, in order.
    package var rules: [UInt8: [[UInt8]]] = [:]
    /// The settings.
    package var values: [String: UInt32] = [:]

    package init() {}
  }

  /// Builds the libraries that are preloaded.
  package init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "recorder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let sources = tests.appending(path: "Recorder").path()
    for (name, source) in [("recorder", "auditctl"), ("kernel", "kernel")] {
      try Shell.run("cc -shared -fPIC -o \(folder.path())/\(name).so \(sources)/\(source).c")
    }
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

  /// What a kernel holds once auditctl has loaded the file at `path` into it.
  package func loaded(_ path: String) throws -> Loaded {
    let record = folder.appending(path: "loaded").path()
    try Shell.run(
      "RECORD_TO=\(record) LD_PRELOAD=\(folder.path())/kernel.so auditctl -R \(path) >/dev/null 2>&1; test -e \(record)"
    )
    var loaded = Loaded()
    for line in try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[0] == "set" {
        loaded.values[String(words[1])] = UInt32(words[2])
      } else {
        let digits = Array(words[1])
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
          UInt8(String(digits[$0..<$0 + 2]), radix: 16)
        }
        loaded.rules[bytes[0], default: []].append(bytes)
      }
    }
    return loaded
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
