package import HardenCore
package import HardenModel
internal import HardenSystem

/// One value of a configuration file of somebody else's program.
package struct Setting: ResourceKind {
  /// The file as its program names it; drop-ins beside it are found from there.
  package var file: String
  /// How it is written.
  package var format: SettingFormat
  /// The key, with its section or path; for whole lines, the line.
  package var key: String
  /// What it should say; nil for whole lines.
  package var wanted: SettingWanted?
  /// Whether a line should be there.
  package var state: Presence
  /// Whether the file is made where there is none.
  package var creates: Bool
  /// Whether absence of the file is accepted.
  package var isMissingAllowed: Bool

  /// `key` of `file` saying what `wanted` accepts.
  package init(
    file: String, format: SettingFormat, key: String, wanted: SettingWanted?,
    state: Presence = .present, creates: Bool = false, isMissingAllowed: Bool = false
  ) {
    self.file = file
    self.format = format
    self.key = key
    self.wanted = wanted
    self.state = state
    self.creates = creates
    self.isMissingAllowed = isMissingAllowed
  }

  package var address: Address { Address(kind: "setting", name: "\(file) \(key)") }

  private static let file = Field<AbsolutePath>(
    "file", required: true, "the file as its program names it, for example /etc/ssh/sshd_config")
  private static let format = Field<SettingFormat>(
    "format", required: true, "how it is written")
  private static let key = Field<String>(
    "key", "the key; section/key in ini files, the path of keys in JSON")
  private static let value = Field<SettingNode>(
    "value", "what it says: a value, {any: [...], set: V}, {at_least: N}, {at_most: N} or {not: V}")
  private static let set = Field<SettingNodes>(
    "set", "several keys with their values, instead of key and value")
  private static let line = Field<OneOrMany<String>>(
    "line", "with the format lines: a whole line, or a list of them")
  private static let state = Field<Presence>(
    "state", "with the format lines: whether the line is present or absent")
  private static let create = Field<Bool>("create", "make the file where there is none")

  package static func read(_ fields: inout Fields) -> [Setting] {
    let (file, format) = (fields.read(file), fields.read(format))
    let (key, value, pairs) = (fields.read(key), fields.read(value), fields.read(set))
    let (line, state) = (fields.read(line), fields.read(state))
    var setting = Setting(
      file: file?.text ?? "", format: format ?? .lines, key: "", wanted: nil,
      state: state ?? .present, creates: fields.read(create) ?? false)
    setting.isMissingAllowed = fields.isMissingAllowed()
    guard file != nil, let format else { return [] }

    let isLines = format == .lines
    let isPair = fields.has(self.key) || fields.has(self.value)
    let hasOther =
      isLines ? isPair || fields.has(set) : fields.has(self.line) || fields.has(self.state)
    let isComplete =
      isLines
      ? fields.has(self.line)
      : fields.has(set) ? !isPair : fields.has(self.key) && fields.has(self.value)
    guard !hasOther, isComplete else {
      fields.reading.report(
        Diagnostic(
          .missingKey,
          isLines
            ? "setting with the format lines needs line, and state if need be"
            : "setting needs key and value, or set", at: fields.range))
      return []
    }
    if isLines {
      return (line?.values ?? []).compactMap { entry in
        let text = SettingText(plain: entry.value, json: "")
        guard text.text(for: .lines, at: entry.range, &fields.reading) != nil else { return nil }
        setting.key = entry.value
        return setting
      }
    }
    var entries = pairs?.entries ?? []
    if let key, let value {
      entries = [Node.Entry(key: key, keyRange: fields.range, value: value.node)]
    }
    return entries.compactMap { entry in
      guard setting.checked(entry.key, at: entry.keyRange, &fields.reading),
        let wanted = SettingWanted.read(entry.value, for: format, &fields.reading)
      else { return nil }
      var one = setting
      (one.key, one.wanted) = (entry.key, wanted)
      return one
    }
  }

  /// Whether `key` can be a key of the format; reports where it cannot.
  private func checked(_ key: String, at range: SourceRange, _ reading: inout Reading) -> Bool {
    let isText = !key.isEmpty && !key.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    let word = { (key: Substring) in
      !key.isEmpty && key.first != "#" && key.first != ";"
        && !key.utf8.contains { $0 == 0x20 || $0 == 0x3D || $0 == 0x23 }
    }
    let isKey: Bool
    switch format {
    case .json:
      isKey = isText && !key.split(at: "/", omittingEmptySubsequences: false).contains("")
    case .ini:
      isKey =
        isText && key.last != "/" && key.first != "[" && key.first != "#" && !key.contains("=")
    case .sshd:
      isKey = isText && word(key[...]) && !["match", "include"].contains(key.lowercased())
    case .keyvalue, .loginDefs, .lines: isKey = isText && word(key[...])
    }
    if !isKey {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(key)' cannot be a key in the format \(format.rawValue)", at: range,
          help: format == .sshd
            ? "what stands below Match or comes by Include is for a person to change" : nil))
    }
    return isKey
  }

  package static let manual = Manual(
    kind: "setting",
    summary: "A configuration file gives a key its value, whatever else it says.",
    details: """
      One value changes and no other byte: comments, order, blanks, line ends and quotes stay. The
      value that counts is found as the program finds it, over every file that it reads, and is shown
      with file and line.

      `sshd` follows Include and takes the first line of a keyword; a new one goes into
      sshd_config.d/00-harden.conf where sshd_config reads that directory. A line that would still win
      is changed where it stands. Match blocks are never entered; those that say otherwise are named.
      `ini` below /etc/systemd knows the drop-in directories of systemd (journald.conf.d and the
      like), in which the last line counts and 99-zz-harden.conf is ours. In every other file the
      last line of a key counts, and is changed where it stands.

      A value below /usr or /run that would win is refused, with its file and line. In JSON, what
      YAML reads as a number, true, false, a list or a mapping is written as such, and quoted text
      as text. `lines` keeps whole lines, for files such as those of PAM and sudo.

      NOW is what a running process has read: sshd, auditd, docker, chrony, rsyslog and systemd's
      journald, timesyncd, logind and resolved. One whose files have changed since it started or was
      last reloaded, by whomever, differs until it reads them again: by a reload, by SIGHUP (auditd,
      logind), by a restart that loses nothing (the rest). Any change of a file counts, also of its
      mode. What docker takes at its start only waits for the next boot. auditd starts anew where
      `name_format` has it look for the name of the host, since a signal would leave it without one.
      Neither its start nor that of journald changes what the kernel audits, or whether it does. Where
      no systemd runs, below another root, and where each connection has a process of its own, there is
      no NOW.

      sshd and visudo are asked whether they take the new file before it is put in place. What would
      shut people out is looked for: a logged-in administrator (else every one) who could not come
      back by ssh, rules of sudo that go, modules of PAM that are not installed. Where auditd is to
      `halt` the host or leave it in `single`-user mode, it is looked for how near its log is to that,
      by what its file system has left. It is listed, and the change wants `--accept-risk`.
      """,
    fields: [
      file.spec, format.spec, key.spec, value.spec, set.spec, line.spec, state.spec, create.spec,
      Fields.ifMissing.spec,
    ],
    planes: "file, and now where a process holds it",
    undo:
      "exact: the value before, byte by byte; a file that was made goes; what runs reads it again",
    example: """
      setting: {file: /etc/login.defs, format: login.defs, set: {PASS_MAX_DAYS: {at_most: 365}, UMASK: "027"}, if_missing: skip}
      """)
}
