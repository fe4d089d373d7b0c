package import HardenCore
internal import HardenModel
package import HardenSystem

/// A kind that is read from a host by the paths of what stands there.
package protocol FindableByPath: FindableKind {
  /// What has to stand at a path.
  static var form: Inode.Form { get }

  /// What a playbook asks for of `inode` at `path`; `isNamed` where the pattern stands for one path.
  static func found(
    at path: String, _ inode: Inode, isNamed: Bool, on host: borrowing Host
  ) throws(SystemError) -> [Found]
}

extension FindableByPath {
  package static func mistake(in pattern: String) -> String? { FoundPaths.mistake(in: pattern) }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    let paths = try FoundPaths(pattern, form, on: host)
    var findings = Findings(remarks: paths.remarks)
    for (path, inode) in paths.paths {
      findings.resources += try found(
        at: path, inode, isNamed: !FoundPaths.isPattern(pattern), on: host)
    }
    return findings
  }
}

/// What stands on a host at paths that match a pattern, for kinds that are named by a path.
struct FoundPaths {
  /// The paths, sorted; links are none of what they lead to.
  private(set) var paths: [(path: String, inode: Inode)] = []
  /// What could not be looked at, one sentence.
  private(set) var remarks: [String] = []
  private static let most = 10_000

  /// Why `pattern` can match no path; nil where it could.
  static func mistake(in pattern: String) -> String? {
    guard !pattern.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
      Glob.alternatives(pattern).allSatisfy({ AbsolutePath($0) != nil })
    else { return "write an absolute path, whose parts may be patterns, for example /etc/ssh/*" }
    return nil
  }

  /// Whether any part of `pattern` stands for more than itself.
  static func isPattern(_ pattern: String) -> Bool {
    Glob.isPattern(pattern) || pattern.contains("{")
  }

  /// Whether `pattern` stands for `path`, part by part.
  static func matches(_ path: String, _ pattern: String) -> Bool {
    let parts = path.split(at: "/")
    return Glob.alternatives(pattern).contains { pattern in
      let patterns = pattern.split(at: "/")
      return patterns.count == parts.count
        && zip(parts, patterns).allSatisfy { Glob.matches($0, $1) }
    }
  }

  /// Everything of the form `form` on `host` that `pattern` stands for.
  init(_ pattern: String, _ form: Inode.Form, on host: borrowing Host) throws(SystemError) {
    var found: Set<String> = []
    var unreadable = 0
    for alternative in Glob.alternatives(pattern) {
      var folders = [""]
      for part in alternative.split(at: "/") {
        var next: [String] = []
        for folder in folders {
          guard Glob.isPattern(part) else {
            next.append("\(folder)/\(part)")
            continue
          }
          do throws(SystemError) {
            guard try host.inodeFollowing(folder.isEmpty ? "/" : folder)?.form == .directory else {
              continue
            }
            for name in try host.entries(folder.isEmpty ? "/" : folder)
            where Glob.matches(name[...], part) { next.append("\(folder)/\(name)") }
          } catch { unreadable += 1 }
        }
        guard next.count <= Self.most else {
          throw SystemError(refusing: pattern, "it stands for more than \(Self.most) paths")
        }
        folders = next
      }
      found.formUnion(folders.map { $0.isEmpty ? "/" : $0 })
    }
    for path in found.sorted() {
      do throws(SystemError) {
        let inode = try host.inode(path)
        if let inode, inode.form == form { paths.append((path, inode)) }
        // A name that is no UTF-8 was listed and cannot be asked for.
        if inode == nil, path.unicodeScalars.contains("\u{FFFD}") { unreadable += 1 }
      } catch { unreadable += 1 }
    }
    if unreadable > 0 {
      remarks = ["left out: \(counted(unreadable, "path")) that cannot be looked at"]
    }
  }

  /// Path, owner, group and mode as a playbook names them.
  static func fields(_ path: String, _ inode: Inode, _ accounts: AccountNames) -> [FoundField] {
    [
      FoundField("path", .text(path)),
      FoundField("owner", name(accounts.user(inode.owner))),
      FoundField("group", name(accounts.group(inode.group))),
      FoundField("mode", .text("\(inode.mode)")),
    ]
  }

  private static func name(_ principal: Principal) -> FoundValue {
    switch principal {
    case .id(let id): .number("\(id)")
    case .name(let name): .text(name)
    }
  }
}
