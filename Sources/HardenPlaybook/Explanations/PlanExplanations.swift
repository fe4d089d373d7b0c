/// Codes about the plan as a whole, and warnings.
enum PlanExplanations {
  static let contradiction = CodeExplanation(
    """
    Two resources want different things of one and the same thing, in one playbook or in two that are
    planned together. Whichever came last would win until the other is applied again.
    """,
    wrong: "- sysctl: {key: kernel.sysrq, value: 0}\n- sysctl: {key: kernel.sysrq, value: 4}",
    right: "- sysctl: {key: kernel.sysrq, value: 4}")

  static let notConverging = CodeExplanation(
    """
    Planning once more on the host as it would be after the plan finds something left to do: what one
    resource does undoes another. The message names the two.
    """)

  static let waiverExpired = CodeExplanation(
    """
    The last day of a waiver has passed. It counts as none: the control is planned and reported
    again, and an apply is refused until the waiver is renewed or deleted.
    """,
    wrong: "until: 2020-01-31", right: "until: 2027-03-31")
}
