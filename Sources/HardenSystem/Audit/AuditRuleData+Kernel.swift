package import HardenModel

/// What the kernel refuses of a rule that auditctl sends all the same.
extension AuditRuleData {
  private enum Kind {
    static let filesystem: UInt32 = 6
    static let fileSystemType: UInt32 = 26
    static let inode: UInt32 = 102
    static let loginUser: UInt32 = 9
    static let accounts: Set<UInt32> = Set(1...8).union([109, 110])
    /// What numbers are masked with only here.
    static let masked: Set<UInt32> = [10, 101, 200, 201, 202, 203]
    /// What has an order, and is not masked.
    static let ordered = accounts.union([0, 9, 12, 16, 17, 18, 22, 23, 25, 100, 102, 103, 104, 113])
    static let unset = UInt32.max
    static let notEqual: UInt32 = 0x3000_0000
    static let masks: Set<UInt32> = [0x0800_0000, 0x4800_0000]
  }

  /// Why no kernel takes the rule, wherever it runs; nil where one does.
  package var kernelRefusal: String? {
    for field in fields {
      if let reason = refusal(of: field) {
        return "the kernel does not take \(AuditNames.field(field.code) ?? "a field") \(reason)"
      }
    }
    let files = fields.count { [Code.watch, Code.directory, Kind.inode].contains($0.code) }
    if files > 1 { return "the kernel takes one of path, dir and inode, once" }
    if texts(Code.exe).count > 1 { return "the kernel takes one exe" }
    for path in texts(Code.watch) + texts(Code.directory) + texts(Code.exe)
    where !path.hasPrefix("/") {
      return "the kernel takes \(path) for no path, since it does not begin with /"
    }
    for path in texts(Code.watch) + texts(Code.exe) where path.hasSuffix("/") {
      return "the kernel takes \(path) for no file"
    }
    return nil
  }

  private func refusal(of field: Field) -> String? {
    let code = field.code
    if list == Kind.filesystem, code != Kind.fileSystemType, code != Code.key {
      return "in the list filesystem"
    }
    let isEquality = [Code.equal, Kind.notEqual].contains(field.comparison)
    if Kind.accounts.contains(code), field.value == Kind.unset { return "without an account" }
    if code == Kind.loginUser, field.value == Kind.unset, !isEquality {
      return "unset with anything but = and !="
    }
    if code == Code.watch || code == Code.directory {
      return field.comparison == Code.equal ? nil : "with anything but ="
    }
    if Kind.masked.contains(code) || isEquality { return nil }
    if !Kind.ordered.contains(code) { return "with anything but = and !=" }
    return Kind.masks.contains(field.comparison) ? "with & and &=" : nil
  }

  /// A path without which the kernel refuses the rule; nil when all are there.
  ///
  /// What `dir` names has to exist; of a file or program, the folder that it would be in.
  package func missingPath(on host: borrowing Host) throws(SystemError) -> String? {
    for path in texts(Code.directory) where try host.inodeFollowing(path) == nil { return path }
    for path in texts(Code.watch) + texts(Code.exe) {
      guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { continue }
      let folder = String(path[..<slash])
      if try host.inodeFollowing(folder)?.form != .directory { return folder }
    }
    return nil
  }
}
