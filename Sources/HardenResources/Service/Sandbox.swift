internal import HardenCore
internal import HardenModel

/// Directives of systemd.exec(5) that take away what a service may do.
enum Sandbox {
  /// How assignments of a directive come together.
  enum Form: Sendable {
    /// `true` or `false`; the last one counts.
    case boolean
    /// One of these words, or any text where there are none; the last one counts.
    case word([String])
    /// Words that add up over all assignments until an empty one.
    case list
  }

  /// The form of the directive `name`; nil where it is none of these.
  static func form(_ name: String) -> Form? {
    if booleans.contains(name) { return .boolean }
    if lists.contains(name) { return .list }
    return words[name].map(Form.word)
  }

  /// Every directive.
  static var names: [String] { (booleans + lists + words.keys).sorted() }

  private static let booleans = [
    "DynamicUser", "LockPersonality", "MemoryDenyWriteExecute", "NoNewPrivileges",
    "PrivateDevices", "PrivateIPC", "PrivateMounts", "PrivateNetwork", "PrivateTmp",
    "PrivateUsers", "ProtectClock", "ProtectControlGroups", "ProtectHostname",
    "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "RemoveIPC",
    "RestrictRealtime", "RestrictSUIDSGID",
  ]

  private static let lists = [
    "AmbientCapabilities", "BindPaths", "BindReadOnlyPaths", "CapabilityBoundingSet",
    "DeviceAllow", "ExecPaths", "IPAddressAllow", "IPAddressDeny", "InaccessiblePaths",
    "NoExecPaths", "ReadOnlyPaths", "ReadWritePaths", "RestrictAddressFamilies",
    "RestrictFileSystems", "RestrictNamespaces", "RestrictNetworkInterfaces", "SocketBindAllow",
    "SocketBindDeny", "SystemCallArchitectures", "SystemCallFilter", "TemporaryFileSystem",
  ]

  private static let words = [
    "DevicePolicy": ["auto", "closed", "strict"],
    "KeyringMode": ["inherit", "private", "shared"],
    "ProcSubset": ["all", "pid"],
    "ProtectHome": ["false", "read-only", "tmpfs", "true"],
    "ProtectProc": ["default", "invisible", "noaccess", "ptraceable"],
    "ProtectSystem": ["false", "full", "strict", "true"],
    "SystemCallErrorNumber": [], "UMask": [],
  ]

  /// A value in the one spelling by which it is compared.
  static func normal(_ text: String) -> String {
    switch text.lowercased() {
    case "1", "yes", "y", "true", "t", "on": "true"
    case "0", "no", "n", "false", "f", "off": "false"
    default: text
    }
  }

  /// Reads `node`, a mapping of directives to values; reports what is wrong.
  static func read(_ node: Node, _ reading: inout Reading) -> [String: String] {
    var found: [String: String] = [:]
    for entry in node.entries ?? [] {
      guard let form = form(entry.key) else {
        reading.report(
          Diagnostic(
            .unknownKey, "'\(entry.key)' is no sandboxing directive that harden knows",
            at: entry.keyRange,
            help: Spelling.nearest(to: entry.key, among: names).map { "did you mean '\($0)'?" }))
        continue
      }
      guard let expanded = reading.expanded(entry.value) else { continue }
      if expanded.content == .scalar("", quoted: true) {
        found[entry.key] = ""
        continue
      }
      guard let words = OneOrMany<String>.read(expanded, &reading)?.values.map(\.value) else {
        continue
      }
      let text = words.joined(separator: " ")
      guard let why = mistake(text, form, isList: words.count > 1) else {
        found[entry.key] = text
        continue
      }
      reading.report(Diagnostic(.wrongValue, "\(entry.key): \(why)", at: entry.value.range))
    }
    return found
  }

  private static func mistake(_ text: String, _ form: Form, isList: Bool) -> String? {
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), text.last != "\\" else {
      return "a value is one line of text"
    }
    switch form {
    case .list: return nil
    case _ where isList: return "it takes one value and no list"
    case .boolean:
      return ["true", "false"].contains(text) ? nil : "expected true or false, found '\(text)'"
    case .word(let words):
      guard !words.isEmpty, !words.contains(text) else { return nil }
      return "'\(text)' is none of \(words.joined(separator: ", "))"
    }
  }
}
