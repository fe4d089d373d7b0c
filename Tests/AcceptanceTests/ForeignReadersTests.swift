import HardenTestSupport
import Testing

/// Reports as other people's readers take them.
@Suite struct ForeignReadersTests {
  private let playbook = """
    harden: 1
    name: base
    controls:
      - id: differs
        title: A <file> that "differs" & more
        why: Because.
        severity: high
        refs: {cis: ["1.10", "1.9"], pci: "2"}
        ensure: [{file: {path: /etc/f, mode: "0600"}}]
      - id: holds
        refs: {cis: "1.9"}
        ensure: [{file: {path: /etc/g, mode: "0644"}}]
      - {id: absent, when: {exists: /nowhere}, ensure: [{file: {path: /etc/f, owner: root}}]}
      - {id: by-hand, manual: Look at it.}
      - {id: waived, refs: {cis: "3"}, ensure: [{file: {path: /etc/g, mode: "0600"}}]}
    waivers:
      - {control: waived, until: 2099-01-01, owner: me, reason: a test}

    """

  /// Titles and reasons that try to be more than text.
  private let hostile = """
    harden: 1
    name: base
    controls:
      - id: waived
        title: <script>bad()</script>
        refs: {cis: "3"}
        ensure: [{file: {path: /etc/g, mode: "0600"}}]
      - {id: holds, ensure: [{file: {path: /etc/g, mode: "0644"}}]}
    waivers:
      - {control: waived, until: 2099-01-01, owner: me, reason: "]]></p><img src=x onerror=bad()>"}

    """

  /// What `python` prints of the report that `verb` wrote in `format`.
  private func read(
    _ format: String, _ python: String, verb: String = "plan", of playbook: String? = nil
  ) throws -> String {
    let scratch = try Scratch.reporting(playbook ?? self.playbook)
    scratch.write("read.py", "import sys\npath = sys.argv[1]\n\(python)\n")
    let ended = try scratch.report(verb, format, to: "\(scratch.path)/report")
    #expect(ended.status == 0, "\(ended.output)")
    return try Shell.run("/usr/bin/python3 \(scratch.path)/read.py \(scratch.path)/report 2>&1")
  }

  @Test func `junitparser counts what JUnit says`() throws {
    let script = """
      from junitparser import JUnitXml
      for suite in JUnitXml.fromfile(path):
        print(suite.name, suite.tests, suite.failures, suite.errors, suite.skipped)
        for case in suite: print(case.name, case.classname, [type(r).__name__ for r in case.result])
        for result in list(suite)[0].result: print(result.text)
      """
    #expect(
      try read("junit", script) == """
        base 5 1 0 3
        differs base ['Failure']
        holds base []
        absent base ['Skipped']
        by-hand base ['Skipped']
        waived base ['Skipped']
        file[/etc/f]: FILE mode 0644 -> mode 0600

        """)
    #expect(try read("junit", script, verb: "apply").hasPrefix("base 5 0 0 3\n"))
  }

  @Test func `Prometheus' client reads every sample`() throws {
    let script = """
      from prometheus_client.parser import text_string_to_metric_families
      for family in text_string_to_metric_families(open(path).read()):
        assert family.type == 'gauge' and family.documentation
        for s in family.samples:
          assert s.timestamp is None
          if s.value and 'timestamp' not in s.name: print(s.name, sorted(s.labels.values()), s.value)
      """
    #expect(
      try read("prometheus", script) == """
        harden_controls ['base', 'holds'] 1.0
        harden_controls ['base', 'differs'] 1.0
        harden_controls ['base', 'not applicable'] 1.0
        harden_controls ['base', 'waived'] 1.0
        harden_controls ['base', 'manual'] 1.0
        harden_resources_differing [] 1.0

        """)
  }

  @Test func `SARIF has only members that its object model knows, and its rules of levels`() throws
  {
    let script = """
      import json, sarif_om, re
      log = json.load(open(path)); run = log['runs'][0]
      snake = lambda name: re.sub('([A-Z])', lambda m: '_' + m[1].lower(), name)
      def model(kind, value): return kind(**{snake(k): v for k, v in value.items()})
      model(sarif_om.Run, run); model(sarif_om.ToolComponent, run['tool']['driver'])
      for rule in run['tool']['driver']['rules']: model(sarif_om.ReportingDescriptor, rule)
      for result in run['results']:
        model(sarif_om.Result, result)
        for place in result['locations']:
          model(sarif_om.PhysicalLocation, place['physicalLocation'])
          model(sarif_om.Region, place['physicalLocation']['region'])
        assert (result['kind'] == 'fail') == (result['level'] != 'none')
        print(result['ruleId'], result['kind'], result['level'],
          result['locations'][0]['physicalLocation']['region']['startLine'],
          [s['justification'] for s in result.get('suppressions', [])])
      print(log['version'], run['tool']['driver']['rules'][0]['shortDescription']['text'])
      """
    #expect(
      try read("sarif", script) == """
        differs fail error 4 []
        holds pass none 10 []
        absent notApplicable none 13 []
        by-hand review none 14 []
        waived fail warning 15 ['until 2099-01-01, owner me: a test']
        2.1.0 A <file> that "differs" & more

        """)
  }

  @Test func `InSpec and OSCAL have what their readers insist on`() throws {
    let inspec = """
      import json
      report = json.load(open(path))
      assert set(report) == {'platform', 'profiles', 'statistics', 'version'}
      for control in report['profiles'][0]['controls']:
        assert {'id', 'title', 'desc', 'impact', 'refs', 'tags', 'code', 'source_location', 'results'} <= set(control)
        print(control['id'], control['impact'], control['results'][0]['status'], control['source_location']['line'])
      """
    #expect(
      try read("inspec", inspec) == """
        differs 0.7 failed 4
        holds 0.5 passed 10
        absent 0.5 skipped 13
        by-hand 0.5 skipped 14
        waived 0.5 skipped 15

        """)
    let oscal = """
      import json, uuid
      results = json.load(open(path))['assessment-results']
      assert set(results) == {'uuid', 'metadata', 'import-ap', 'results'}
      assert set(results['metadata']) == {'title', 'last-modified', 'version', 'oscal-version'}
      one = results['results'][0]
      numbers = [results['uuid'], one['uuid']] + [o['uuid'] for o in one['observations']] + [f['uuid'] for f in one['findings']]
      assert len(set(numbers)) == len(numbers) == 10 and all(uuid.UUID(n).version == 5 for n in numbers)
      for finding in one['findings']:
        assert finding['related-observations'][0]['observation-uuid'] in numbers
        print(finding['target']['target-id'], finding['target']['status']['state'])
      print(one['reviewed-controls'])
      """
    #expect(
      try read("oscal", oscal) == """
        differs not-satisfied
        holds satisfied
        waived not-satisfied
        {'control-selections': [{'include-all': {}}]}

        """)
  }

  @Test(arguments: ["text", "json", "html", "junit", "sarif", "inspec", "oscal"])
  func `a waiver is shown with its owner and its end`(format: String) throws {
    let script = "print('2099-01-01' in open(path).read(), 'owner' in open(path).read())"
    #expect(try read(format, script) == "True True\n")
  }

  @Test func `what playbooks say stays text to those who read HTML and XML`() throws {
    let html = """
      from html.parser import HTMLParser
      class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
          if tag in ('script', 'img', 'link', 'iframe') or any(n.startswith('on') for n, _ in attributes):
            print('active', tag, attributes)
        def handle_data(self, data):
          if 'bad()' in data: print(data.strip())
      Reader().feed(open(path).read())
      """
    let read = try read("html", html, of: hostile)
    #expect(read.contains("<script>bad()</script>\n"), "\(read)")
    #expect(read.contains("]]></p><img src=x onerror=bad()>"), "\(read)")
    #expect(!read.contains("active"), "\(read)")
    let xml = """
      import xml.etree.ElementTree as tree
      root = tree.parse(path).getroot()
      print(sorted({e.tag for e in root.iter()}))
      print(any(']]></p><img src=x onerror=bad()>' in (e.get('message') or '') + (e.text or '') for e in root.iter()))
      """
    #expect(
      try self.read("junit", xml, of: hostile)
        == "['skipped', 'testcase', 'testsuite', 'testsuites']\nTrue\n")
  }
}
