internal import HardenCore
internal import HardenModel

/// Fields of an account as a playbook names them; what none of its fields takes is left out.
enum FoundAccounts {
  /// Why `pattern` can match no account; nil where it could.
  static func mistake(in pattern: String) -> String? {
    pattern.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A && $0 != 0x2F }
      ? nil : "write the name of an account, or a pattern such as systemd-*"
  }

  /// `path` as the field `key`.
  static func path(_ key: String, _ path: String) -> [FoundField] {
    let isField = AbsolutePath(path) != nil && !path.contains(":")
    return isField ? [FoundField(key, .text(path))] : []
  }

  /// `names` as the field `key`.
  static func names(_ key: String, _ names: [String]) -> FoundField {
    FoundField(key, .list(names.map { .text($0) }))
  }
}
