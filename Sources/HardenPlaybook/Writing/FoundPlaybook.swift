internal import HardenModel
package import HardenCore
internal import HardenYAML

/// A playbook of what a host has: one control for each pattern, and comments on what cannot be asked
/// for.
package struct FoundPlaybook: Sendable {
  /// What one pattern found.
  package struct Section: Sendable {
    let kind: any ResourceKind.Type
    let pattern: String
    let id: String
    /// What a reader should know of all of them.
    package let remarks: [String]
    /// Whether all that it matches stands in earlier sections.
    fileprivate let isRepeated: Bool
    /// Everything found; what has an obstacle becomes a comment.
    package fileprivate(set) var resources: [Found]

    /// Those that are written, in the order in which they are.
    package var written: [Int] { grouped.flatMap(\.self) }

    /// The indices of what is written, in groups that share one entry.
    fileprivate var grouped: [[Int]] {
      var groups: [[Int]] = []
      for index in resources.indices where resources[index].obstacle == nil {
        let group = groups.firstIndex { group in
          let first = resources[group[0]]
          return first.member != nil && first.member?.mapping == resources[index].member?.mapping
            && first.fields == resources[index].fields
        }
        if let group { groups[group].append(index) } else { groups.append([index]) }
      }
      return groups
    }
  }

  /// Which resource of which section.
  package struct Place: Hashable, Sendable {
    /// The section's index.
    package var section: Int
    /// The index among what it found.
    package var resource: Int

    /// The resource at these indices.
    package init(section: Int, resource: Int) {
      self.section = section
      self.resource = resource
    }
  }

  /// The playbook's name.
  package let name: String
  private let host: String
  private let tool: String
  /// What was found, by pattern.
  package private(set) var sections: [Section] = []

  /// An empty playbook of the host called `host`; `tool` is the version of harden.
  package init(host: String, tool: String) {
    self.host = host
    self.tool = tool
    name = Self.identifier(host) ?? "host"
  }

  /// Adds what `pattern` found; what stands in an earlier section is not said again.
  package mutating func add(
    _ findings: Findings, of kind: any ResourceKind.Type, matching pattern: String
  ) {
    let known = Set(
      sections.filter { $0.kind.manual.kind == kind.manual.kind }
        .flatMap { $0.resources.map(\.name) })
    let words = [kind.manual.kind, Self.identifier(pattern)?.replacing(".", by: "-") ?? "all"]
    let id = String(words.joined(separator: "-").prefix(100))
    let count = sections.count { $0.id == id || $0.id.hasPrefix("\(id)--") }
    sections.append(
      Section(
        kind: kind, pattern: pattern, id: count == 0 ? id : "\(id)--\(count + 1)",
        remarks: findings.remarks,
        isRepeated: !findings.resources.isEmpty
          && findings.resources.allSatisfy { known.contains($0.name) },
        resources: findings.resources.filter { !known.contains($0.name) }))
    for index in sections[sections.count - 1].resources.indices {
      let place = Place(section: sections.count - 1, resource: index)
      if !canBeWritten(place) {
        set(place, obstacle: "it holds characters that no playbook may hold")
      }
    }
  }

  /// Makes a comment of a resource that is written so far; `obstacle` says why.
  package mutating func set(_ place: Place, obstacle: String) {
    sections[place.section].resources[place.resource].obstacle =
      sections[place.section].resources[place.resource].obstacle ?? obstacle
  }

  /// The sections that have a control, in order.
  package var controls: [Int] { sections.indices.filter { !sections[$0].grouped.isEmpty } }

  private func canBeWritten(_ place: Place) -> Bool {
    let section = sections[place.section]
    let found = section.resources[place.resource]
    let entry = FoundEntry(section.kind)
    guard found.obstacle == nil else { return true }
    guard let member = found.member else { return entry.lines(found.fields) != nil }
    return entry.line(member) != nil && entry.head(found.fields, mapping: member.mapping) != nil
  }

  /// `text` as a name of the format; nil where nothing of it is left.
  private static func identifier(_ text: String) -> String? {
    let isLetter = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
    var name = ""
    for byte in text.utf8 {
      let isKept = isLetter(byte) || byte == 0x5F || byte == 0x2E
      // What is left out leaves one hyphen between what stays.
      let mark: Unicode.Scalar = isKept ? Unicode.Scalar(byte) : "-"
      if name.last == "-" || name.last == ".", !isLetter(byte), byte != 0x5F { continue }
      name.unicodeScalars.append(mark)
    }
    let start = name.drop { !$0.isLetter && !$0.isNumber }
    let end = start.reversed().drop { $0 == "-" || $0 == "." }.reversed()
    return end.isEmpty ? nil : String(String(end).prefix(100))
  }
}

// MARK: - Text

extension FoundPlaybook {
  /// The playbook, and for each line of it that asks for a resource which one that is.
  package var text: (text: String, places: [Int: Place]) {
    var page = Page()
    page.add("# yaml-language-server: $schema=/usr/share/harden/schema/playbook-1.json")
    page.comment("What harden \(tool) found on \(host), where the plan of this playbook is empty.")
    page.add("harden: 1")
    page.add("name: \(name)")
    page.add("title: \(title(host.isEmpty ? "What a host has" : "What \(host) has"))")
    page.add("controls:")
    var said: Set<String> = []
    for index in sections.indices { add(index, to: &page, &said) }
    return (page.lines.joined(separator: "\n") + "\n", page.places)
  }

  private func title(_ text: String) -> String {
    YAMLText.scalar(FoundEntry.literal(text)) ?? "\"\(name)\""
  }

  private func add(_ index: Int, to page: inout Page, _ said: inout Set<String>) {
    let section = sections[index]
    let subject = "\(section.kind.manual.kind):\(section.pattern)"
    let entry = FoundEntry(section.kind)
    guard !section.grouped.isEmpty else {
      let what =
        section.isRepeated ? "nothing that does not stand above" : "nothing that can be asked for"
      page.comment("\(subject) found \(what).", indent: "  ")
      addObstacles(of: section, to: &page, indent: "  ")
      return
    }
    page.add("  - id: \(section.id)")
    page.add("    title: \(title("\(subject) as found"))")
    page.add("    ensure:")
    for remark in section.remarks where said.insert(remark).inserted {
      page.comment(remark, indent: "      ")
    }
    for group in section.grouped {
      let first = section.resources[group[0]]
      if let member = first.member {
        entry.head(first.fields, mapping: member.mapping)?.forEach { page.add($0) }
      }
      for resource in group {
        let found = section.resources[resource]
        let lines = found.member.map { entry.line($0).map { [$0] } } ?? entry.lines(found.fields)
        lines?.forEach { page.add($0, for: Place(section: index, resource: resource)) }
      }
    }
    addObstacles(of: section, to: &page, indent: "      ")
  }

  private func addObstacles(of section: Section, to page: inout Page, indent: String) {
    for found in section.resources {
      guard let obstacle = found.obstacle else { continue }
      page.comment(
        "left out: \(section.kind.manual.kind)[\(found.name)]: \(obstacle)", indent: indent)
    }
  }

  private struct Page {
    var lines: [String] = []
    var places: [Int: Place] = [:]

    mutating func add(_ line: String, for place: Place? = nil) {
      lines.append(line)
      if let place { places[lines.count] = place }
    }

    /// Adds `text` behind `#`, on as many lines as it takes.
    mutating func comment(_ text: String, indent: String = "") {
      var line = "\(indent)#"
      for word in YAMLText.comment(text).split(at: " ") {
        if line.count + word.count >= 100, line.count > indent.count + 1 {
          add(line)
          line = "\(indent)#  "
        }
        line += " \(word)"
      }
      add(line)
    }
  }
}
