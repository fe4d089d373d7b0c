import HardenTestSupport
import Testing

/// Reports against what is written down of their forms, `Fixtures/schemas`, by validators of others.
@Suite struct ReportSchemasTests {
  /// What is assessed: every verdict that a tree can have, hostile words, and nothing that applies.
  private static let playbooks = [
    """
    harden: 1
    name: base
    controls:
      - id: differs
        title: A <file> that "differs" & more
        why: Because.
        severity: high
        refs: {cis: ["1.10", "1.9"], pci: "2"}
        tags: [l1, files]
        ensure: [{file: {path: /etc/f, mode: "0600"}}]
      - {id: 1-holds, refs: {cis: "1.9"}, ensure: [{file: {path: /etc/g, mode: "0644"}}]}
      - {id: absent, severity: low, when: {exists: /nowhere}, ensure: [{file: {path: /etc/f, owner: root}}]}
      - {id: by-hand, manual: Look at it.}
      - {id: unmeasured, ensure: [{probe: {fips: "on"}}]}
      - {id: waived, refs: {cis: "3"}, ensure: [{file: {path: /etc/g, mode: "0600"}}]}
    waivers:
      - {control: waived, until: 2099-01-01, owner: me, reason: "]]></p><img src=x onerror=bad()>"}

    """,
    """
    harden: 1
    name: base
    controls:
      - {id: absent, when: {exists: /nowhere}, ensure: [{file: {path: /etc/f, owner: root}}]}

    """,
  ]

  private static let verbs = ["plan", "apply", "report"]
  private static let schemas = Snapshot.repository.appending(path: "Fixtures/schemas").path()

  /// What `python` prints of the reports in `format` that each verb writes of each playbook.
  private func read(_ format: String, _ python: String, schema: String = "") throws -> [String] {
    var answers: [String] = []
    for playbook in Self.playbooks {
      let scratch = try Scratch.reporting(playbook)
      scratch.write("read.py", python)
      for verb in Self.verbs {
        let report = "\(scratch.path)/\(verb)"
        let ended = try scratch.report(verb, format, to: report)
        #expect([0, 3].contains(ended.status), "\(verb): \(ended.output)")
        // Where nothing applies, nothing is applied.
        if verb == "apply", ended.status == 3 { continue }
        let path = schema.isEmpty ? "" : "\(Self.schemas)/\(schema)"
        answers.append(
          try Shell.run("cd \(scratch.path) && /usr/bin/python3 read.py \(path) \(report) 2>&1"))
      }
    }
    #expect(answers.count == 5)
    return answers
  }

  /// Complaints of the schema; then every member without which the report is refused, and every
  /// member that may hold anything.
  private static let validator = """
    import json, sys, jsonschema
    schema, report = (json.load(open(name)) for name in sys.argv[1:3])
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for error in validator.iter_errors(report): print('refused', list(error.path), error.message[:200])
    needed, free = set(), set()
    def walk(place, way):
      for member in (list(place) if isinstance(place, dict) else range(len(place))):
        name = f'{way}/{member}' if isinstance(place, dict) else way
        value = place[member]
        if isinstance(place, dict):
          del place[member]
          if not validator.is_valid(report): needed.add(name)
        place[member] = {'': None} if isinstance(value, list) else [[None]]
        if validator.is_valid(report): free.add(name)
        place[member] = value
        if isinstance(value, (dict, list)): walk(value, name)
    walk(report, '')
    print('needed', len(needed)); print('free', *sorted(free))
    """

  @Test(arguments: [
    ("sarif", "sarif-2.1.0", 14, "/runs/tool/driver/rules/properties/"),
    ("oscal", "oscal-assessment-results-1.1.2", 20, ""),
    ("inspec", "inspec-exec", 21, "/profiles/controls/tags/"),
  ])
  func `JSON holds to its schema, which misses whatever is gone`(
    format: String, schema: String, needed: Int, free: String
  ) throws {
    for said in try read(format, Self.validator, schema: "\(schema).json") {
      #expect(!said.contains("refused"), "\(said)")
      let lines = said.split(separator: "\n").map(String.init)
      let missed = lines.first { $0.hasPrefix("needed") }.flatMap { Int($0.dropFirst(7)) } ?? 0
      #expect(missed >= needed, "\(said)")
      // Bags of our own are all that the schema lets by.
      let bag = free.isEmpty ? "nothing" : free
      for name in lines.last?.split(separator: " ").dropFirst() ?? [] {
        #expect(name.hasPrefix(bag), "\(said)")
      }
    }
  }

  @Test func `XML holds to its schema, which misses every attribute that is gone`() throws {
    let breaking = """
      import subprocess, sys, re
      schema, report = sys.argv[1:3]
      def taken(text):
        open('broken.xml', 'w').write(text)
        return not subprocess.run(['xmllint', '--noout', '--schema', schema, 'broken.xml'], capture_output=True).returncode
      text = open(report).read()
      if not taken(text): print('refused')
      optional = {('testsuite', 'skipped'), ('skipped', 'message'), ('failure', 'message'), ('error', 'message')}
      for tag in re.finditer(r'<(test\\w+|failure|error|skipped)( [^>]*)>', text):
        for member in re.finditer(r' (\\w+)="[^"]*"', tag[2]):
          at = tag.start(2) + member.start()
          gone = text[:at] + text[at + len(member[0]):]
          if taken(gone) != ((tag[1], member[1]) in optional): print(tag[1], member[1])
          if taken(text[:at] + ' x' + text[at + 1:]): print(tag[1], member[1], 'by any name')
      print('done')
      """
    for said in try read("junit", breaking, schema: "junit.xsd") { #expect(said == "done\n") }
  }

  @Test func `Prometheus' client reads every report, and none that lacks a part`() throws {
    let breaking = """
      import re, sys
      from prometheus_client.parser import text_string_to_metric_families as parse
      text = open(sys.argv[1]).read()
      def faults(text):
        try: families = list(parse(text))
        except ValueError as error: return [str(error)]
        return [f.name for f in families if f.type != 'gauge' or not f.documentation or not f.samples]
      if faults(text): print(faults(text))
      # Without its help, without its type, without its value, and without the end of its labels.
      for line in re.findall(r'# HELP .*\\n', text) + re.findall(r'# TYPE .*\\n', text):
        if not faults(text.replace(line, '')): print('let by without', line)
      for value in re.findall(r' [0-9]+\\n', text):
        if not faults(text.replace(value, '\\n')): print('let by without', value)
      if not faults(text.replace('"}', '"')): print('let by without }')
      print('done')
      """
    for said in try read("prometheus", breaking) { #expect(said == "done\n") }
  }
}
