import HardenTestSupport
import Testing

@Suite struct ReportVerbTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/f", "x", mode: 0o644)
    root.write(
      "/p.yaml",
      """
      harden: 1
      name: base
      controls:
        - id: a
          refs: {cis: ["1.10", "1.9"]}
          ensure: [{file: {path: /etc/f, mode: "0600"}}]
        - {id: b, refs: {cis: "1.9"}, ensure: [{file: {path: /etc/f, owner: root}}]}
        - {id: c, manual: Look.}

      """)
  }

  private func run(_ words: String...) throws -> Launch {
    try Launch(
      Program.path,
      words + ["--root", root.path, "--state", "\(root.path).state"], captures: true)
  }

  @Test func `every control is shown with its verdict and what differs`() throws {
    let ended = try run("report", root.outside("/p.yaml"))
    #expect(ended.status == 0)
    #expect(ended.output.contains("differs         a"))
    #expect(ended.output.contains("file[/etc/f]: FILE mode 0644 -> mode 0600"))
    #expect(ended.output.contains("3 controls: 1 holds, 1 differs, 1 for a person to check"))
    #expect(try run("report", root.outside("/p.yaml"), "--detailed-exitcode").status == 2)
  }

  @Test func `a matrix has the clauses of one standard`() throws {
    let ended = try run("report", root.outside("/p.yaml"), "--matrix", "cis")
    #expect(
      ended.output == """
        cis
          1.9   differs         a, b (holds)
          1.10  differs         a

        2 clauses: 2 differ
        1 control without a clause of it

        """)
    let json = try run("report", root.outside("/p.yaml"), "--matrix", "cis", "--format", "json")
    #expect(json.output.contains("\"clause\" : \"1.9\""))
    let unknown = try run("report", root.outside("/p.yaml"), "--matrix", "pci")
    #expect(unknown.status == 64 && unknown.output.contains("the playbooks cite cis"))
  }

  @Test func `several reports are written at once, each whole`() throws {
    let ended = try run(
      "report", root.outside("/p.yaml"), "--report", "html:\(root.outside("/r.html"))", "--report",
      "prometheus:\(root.outside("/r.prom"))")
    #expect(ended.status == 0)
    #expect(root.text("/r.html")?.hasPrefix("<!DOCTYPE html>") == true)
    #expect(root.text("/r.prom")?.contains("harden_controls{playbook=\"base\"") == true)
    let modes = try Shell.run(
      "stat -c %a \(root.outside("/r.html")) \(root.outside("/r.prom"))")
    #expect(modes == "600\n644\n")
  }

  @Test(arguments: ["html", "html:", "word:/tmp/x", ":/tmp/x"])
  func `what is no report is said before anything else`(word: String) throws {
    let ended = try run("report", root.outside("/p.yaml"), "--report", word)
    #expect(ended.status == 64 && ended.output.contains("junit"))
  }
}
