import HardenModel
import Testing

@Suite struct ConditionSummaryTests {
  @Test(arguments: [
    (Condition.test(.exists, values: ["/srv/go"]), "exists /srv/go"),
    (.test(.osFamily, values: ["debian", "rhel"]), "os_family is debian or rhel"),
    (.test(.variable(name: "role", value: "web"), values: ["db"]), "role is db"),
    (.not(.test(.package, values: ["telnet"])), "not (package telnet)"),
    (
      .all([
        .test(.uefi, values: ["true"]),
        .any([.test(.os, values: ["a"]), .test(.os, values: ["b"])]),
      ]),
      "uefi is true and (os is a or os is b)"
    ),
  ])
  func `conditions have words`(condition: Condition, words: String) {
    #expect(condition.summary == words)
  }
}
