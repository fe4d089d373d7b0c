import HardenTestSupport
import Testing

@Suite struct PlaybookOptionsTests {
  static let playbook = RunsTests.two.replacing(
    "controls:", with: "vars:\n  text: {type: text, default: one}\ncontrols:"
  ).replacing("content: \"1\\n\"", with: "content: \"${text}\", substitute: true")

  @Test(arguments: [
    ([], ["first", "second"]), (["--only", "first"], ["first"]),
    (["--except", "first"], ["second"]),
    (["--only", "file[/etc/second]"], ["second"]),
    (["--only", "first", "--only", "second"], ["first", "second"]),
  ])
  func `controls are chosen by name`(arguments: [String], expected: [String]) throws {
    let host = try RootedHost(playbook: RunsTests.two)
    let result = try Program.run(
      ["plan", "playbook.yaml", "--root", host.path("root")] + arguments, in: host.folder.path())
    for name in ["first", "second"] {
      #expect(
        result.output.contains("+ file[/etc/\(name)]") == expected.contains(name), "\(result)")
    }
    let given = arguments.map { $0.contains("[") ? "'\($0)'" : $0 }.joined(separator: " ")
    let next = "next: harden apply playbook.yaml \(given.isEmpty ? "" : "\(given) ")--root "
    #expect(result.output.contains(next), "\(result)")
  }

  @Test func `the command line wins over files of variables`() throws {
    let host = try RootedHost(playbook: Self.playbook)
    try host.write("vars.yaml", "text: from file\n")
    _ = try host.harden("apply", "playbook.yaml", "--vars", "vars.yaml", "--yes")
    #expect(host.text("root/etc/first") == "from file")
    _ = try host.harden(
      "apply", "playbook.yaml", "--vars", "vars.yaml", "--set", "text=a=b", "--yes")
    #expect(host.text("root/etc/first") == "a=b")
  }

  @Test(arguments: ["text", "=x"])
  func `an assignment without a name or a value is usage`(assignment: String) throws {
    let host = try RootedHost(playbook: Self.playbook)
    let result = try host.harden("plan", "playbook.yaml", "--set", assignment)
    #expect(result.status == 64 && result.messages.contains("NAME=VALUE"), "\(result)")
  }
}
