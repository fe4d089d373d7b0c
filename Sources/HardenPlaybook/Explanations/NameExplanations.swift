/// Codes about names that refer to something.
enum NameExplanations {
  static let unknownKind = CodeExplanation(
    "An entry of ensure: begins with a word that is no resource kind. `harden kinds` lists them.",
    wrong: "ensure:\n  - sysctrl: {key: kernel.sysrq, value: 0}",
    right: "ensure:\n  - sysctl: {key: kernel.sysrq, value: 0}")

  static let laterKind = CodeExplanation(
    """
    The playbook uses something that the format has a name for and that this build cannot do yet.
    Until it can, nothing is planned: leaving it out silently would look like success.
    """,
    wrong: "ensure:\n  - firewall: {default: drop}",
    right: "manual: The firewall drops what no rule of it names.")

  static let unknownVariable = CodeExplanation(
    """
    A variable is used, or given a value, that the file does not declare. Each file declares the
    variables that it uses, above their first use; include: hands values on by name. Write $${ where
    the text ${ itself is meant.
    """,
    wrong: "when: {exists: \"${goroot}\"}",
    right: "vars: {goroot: {type: path, default: /usr/local/go}}")

  static let unknownControl = CodeExplanation(
    "after: or except: names a control that no file has.",
    wrong: "after: [kernel-pointer]", right: "after: [kernel-pointers]")

  static let duplicateControl = CodeExplanation(
    """
    Two controls have one id, in one file or in two that are loaded together. Waivers, reports and
    --only name controls by id, so it must mean one of them. The note names the first.
    """,
    wrong: "controls:\n  - {id: pointers, …}\n  - {id: pointers, …}",
    right: "controls:\n  - {id: kernel-pointers, …}\n  - {id: user-pointers, …}")

  static let cycle = CodeExplanation(
    "Controls name each other in after:, so none of them can be first. The message shows the circle.",
    wrong: "- {id: a, after: [b], …}\n- {id: b, after: [a], …}",
    right: "- {id: a, …}\n- {id: b, after: [a], …}")

  static let include = CodeExplanation(
    """
    An include names no file that may be included: the path leaves the folder of the playbook, the
    name after lib: is no name, a file includes itself, or there are too many files.
    """,
    wrong: "include: [/etc/harden/base.yaml]",
    right: "include: [base.yaml, \"lib:server-baseline\"]")

  static let unknownProfile = CodeExplanation(
    "A profile is asked for, by --profile or by an include, that the playbook does not have.",
    wrong: "include: [{from: base.yaml, profile: lvl-1}]",
    right: "include: [{from: base.yaml, profile: level-1}]")

  static let waiverUnknown = CodeExplanation(
    """
    A waiver names a control that no file has. It would waive nothing, and nobody would notice when
    the control comes back under its old name.
    """,
    wrong: "waivers: [{control: kernel-pointer, …}]",
    right: "waivers: [{control: kernel-pointers, …}]")

  static let unknownFact = CodeExplanation(
    """
    A fact is named that harden does not know, or that cannot be read here: what only a running
    kernel knows is not known of an image below --root. The facts are hostname, os, os_family,
    os_version, kernel, arch, selinux, apparmor, container, virtualization and uefi.
    """,
    wrong: "content: \"${fact.host}\"", right: "content: \"${fact.hostname}\"")

  static let nothingToDo = CodeExplanation(
    """
    The playbooks hold no control, or the profile selects none. Checking nothing is never success, so
    this is an error.
    """,
    wrong: "harden: 1\nname: web", right: "harden: 1\nname: web\ninclude: [\"lib:server-baseline\"]"
  )
}
