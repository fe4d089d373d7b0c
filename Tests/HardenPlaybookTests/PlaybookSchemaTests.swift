import Foundation
import HardenModel
import HardenResources
import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct PlaybookSchemaTests {
  /// What an independent validator says of playbooks: one line each, `ok` or the first complaint.
  private func validate(_ files: [String]) throws -> [String] {
    let folder = try TemporaryRoot(withAccounts: false)
    folder.write("/schema.json", PlaybookSchema(catalog: catalog).text)
    folder.write(
      "/validate.py",
      """
      import json, sys, yaml, jsonschema
      # Editors read YAML 1.2: a day is text and 0644 is a number.
      class Loader(yaml.SafeLoader): pass
      Loader.yaml_implicit_resolvers = {
        key: [pair for pair in pairs if not pair[0].endswith(':timestamp')]
        for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft7Validator.check_schema(schema)
      validator = jsonschema.Draft7Validator(schema)
      for path in sys.argv[2:]:
        errors = list(validator.iter_errors(yaml.load(open(path), Loader)))
        print('ok' if not errors else errors[0].message[:200].replace(chr(10), ' '))

      """)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["python3", folder.outside("/validate.py"), folder.outside("/schema.json")] + files
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static let hasValidator: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import yaml, jsonschema"]
    process.standardError = nil
    try? process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(.enabled(if: hasValidator, "python3 with yaml and jsonschema"))
  func `what the reader accepts the schema accepts`() throws {
    let root = Snapshot.repository.path()
    let folder = try TemporaryRoot(withAccounts: false)
    let shipped = try FileManager.default.contentsOfDirectory(atPath: "\(root)/Playbooks")
    var files = shipped.sorted().map { "\(root)/Playbooks/\($0)" }
    files += [
      "\(root)/Fixtures/playbooks/complete/playbook.yaml",
      "\(root)/Fixtures/playbooks/complete/parts/kernel.yaml",
      "\(root)/Fixtures/playbooks/library/basics.yaml",
    ]
    for kind in catalog.kinds {
      folder.write(
        "/\(kind.manual.kind).yaml",
        Loading.playbook(
          "controls:\n  - id: a\n    ensure:\n\(kind.manual.entry(indent: "      "))\n"))
      files.append(folder.outside("/\(kind.manual.kind).yaml"))
    }
    #expect(try validate(files) == files.map { _ in "ok" })
  }

  @Test(.enabled(if: hasValidator, "python3 with yaml and jsonschema"))
  func `what has the wrong shape the schema refuses`() throws {
    let names = [
      "unknown-key", "missing-key", "wrong-type", "ambiguous-mode", "unknown-kind", "later-kind",
      "variable-types", "format-version-missing",
    ]
    let files = names.map { PlaybookFixture.root.path() + "/\($0)/playbook.yaml" }
    for (name, answer) in zip(names, try validate(files)) { #expect(answer != "ok", "\(name)") }
  }

  @Test func `every kind and every key is in it`() throws {
    let text = PlaybookSchema(catalog: catalog).text
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    #expect(Set(properties.keys) == Set(PlaybookKeys.all.map(\.name)))
    let definitions = try #require(schema["definitions"] as? [String: Any])
    for kind in catalog.kinds { #expect(definitions["kind-\(kind.manual.kind)"] != nil) }
  }
}
