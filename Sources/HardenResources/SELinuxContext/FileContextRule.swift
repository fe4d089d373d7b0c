internal import HardenModel
internal import HardenSystem

/// The rule of file_contexts.local by which a relabel gives a path its label.
struct FileContextRule {
  /// The files that hold local rules: where libselinux reads them, and where semanage keeps them.
  let files: [String]
  /// The path as a regular expression, with the word that names a kind of file.
  let pattern: String
  /// The whole line.
  let line: String

  /// The rule that gives `label` to what `context` names in the policy `policy`.
  init(_ context: SELinuxContext, isDirectory: Bool, label: String, policy: String) {
    files = [
      "/etc/selinux/\(policy)/contexts/files/file_contexts.local",
      "/var/lib/selinux/\(policy)/active/file_contexts.local",
    ]
    let path = Self.escaped(context.path)
    pattern =
      context.isRecursive && isDirectory
      ? "\(path)(/.*)?" : "\(path)    \(isDirectory ? "-d" : "--")"
    line = "\(pattern)    \(label)"
  }

  /// `path` with every character escaped that means something to a regular expression.
  static func escaped(_ path: String) -> String {
    var text = ""
    for character in path {
      if ".^$?*+|[](){}\\".contains(character) { text += "\\" }
      text += character == " " ? "\\s" : String(character)
    }
    return text
  }

  /// The line of `text` that this rule replaces; nil where there is none.
  func rival(in text: String) -> String? {
    let own = pattern.words()
    return text.split(at: "\n").map(String.init).last { line in
      let words = line.words()
      return line != self.line && words.count == own.count + 1 && Array(words.dropLast()) == own
    }
  }

  /// Whether `text` has the rule.
  func isIn(_ text: String) -> Bool { text.split(at: "\n").contains { $0 == line } }

  /// What puts the rule into the files that lack it.
  func steps(for address: Address, on host: borrowing Host) throws(SystemError) -> [Step] {
    var steps: [Step] = []
    for file in files {
      let text = try host.text(file) ?? ""
      guard !isIn(text) else { continue }
      let folder = String(file.dropLast("/file_contexts.local".count))
      guard let model = try host.inode("\(folder)/file_contexts") else { continue }
      let before = rival(in: text)
      steps.append(
        .editFile(
          EditFile(
            path: file, format: .lines,
            edits: [UnitEdit(address, unit: line, before: before, after: line)],
            creation: .ofRoot(model.mode))))
    }
    return steps
  }
}
