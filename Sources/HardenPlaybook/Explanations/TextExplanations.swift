/// Codes about the text of a file, below its meaning.
enum TextExplanations {
  static let unreadable = CodeExplanation(
    """
    A file that was named cannot be read: it is not there, it may not be read, or it is no regular
    file. Directories, pipes and devices are refused at once. What an include or a source names must
    lie below the folder of the playbook.
    """,
    wrong: "include: [../shared/kernel.yaml]", right: "include: [shared/kernel.yaml]")

  static let tooLarge = CodeExplanation(
    """
    A file is beyond what harden reads: 1 MiB of text, 20,000 values, lists and mappings 32 deep, or
    64 KiB in one value. The limits are far above any playbook that people write; a playbook that
    needs more is better in several files.
    """)

  static let notUTF8 = CodeExplanation(
    """
    The file holds bytes that are not UTF-8. The position is that of the first such byte. Usually an
    editor saved the file as Latin-1 or UTF-16; save it as UTF-8.
    """)

  static let forbiddenCharacter = CodeExplanation(
    """
    The file holds a character that cannot be seen or that changes how its neighbours are shown: a
    byte order mark, a control character, a bidirectional control, a zero-width space. Whoever
    reviews the playbook would see something else than what harden reads. Escapes such as "\\0" count
    too.
    """)

  static let syntax = CodeExplanation(
    """
    The file is not YAML. Reading ends there, so there may be more to find. The most frequent causes
    are a colon followed by a space inside plain text, uneven indentation and tabs.
    """,
    wrong: "title: Redirects: none", right: "title: \"Redirects: none\"")

  static let anchor = CodeExplanation(
    """
    Anchors (&name) and aliases (*name) are not part of the format: a few bytes of them can stand for
    gigabytes, and a reader has to search for what is meant. Use a variable.
    """,
    wrong: "owner: &admin root\ngroup: *admin",
    right: "owner: root\ngroup: root")

  static let tag = CodeExplanation(
    """
    Tags (!!str, !name) are not part of the format. The field that reads a value decides its type, so
    there is nothing for a tag to say.
    """,
    wrong: "value: !!int 2", right: "value: 2")

  static let mergeKey = CodeExplanation(
    """
    The merge key (<<) is not part of the format: what a mapping holds must stand in it. Write the
    keys out, or set several things with one entry where the kind takes a list.
    """,
    wrong: "file: {<<: *defaults, path: /etc/passwd}",
    right: "file: {path: /etc/passwd, owner: root, mode: \"0644\"}")

  static let duplicateKey = CodeExplanation(
    """
    One mapping holds the same key twice. YAML readers disagree about which of them counts, so
    neither does. The note names the first.
    """,
    wrong: "sysctl: {key: kernel.sysrq, value: 0, value: 1}",
    right: "sysctl: {key: kernel.sysrq, value: 0}")

  static let manyDocuments = CodeExplanation(
    """
    The file holds more than one YAML document, separated by ---. A playbook is one document; put
    each into a file of its own and include it.
    """,
    wrong: "harden: 1\nname: one\n---\nharden: 1\nname: two",
    right: "harden: 1\nname: one\ninclude: [two.yaml]")
}
