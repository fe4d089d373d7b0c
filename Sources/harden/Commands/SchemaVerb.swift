internal import ArgumentParser
internal import HardenModel
internal import HardenPlaybook
internal import HardenResources

/// `harden schema`: the JSON schema of playbooks, for editors.
struct SchemaVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON schema (draft 7) of playbooks, for editors.",
    discussion: """
      An editor finds it by the first line of a playbook:
        # yaml-language-server: $schema=/usr/share/harden/schema/playbook-1.json
      """)

  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    try console.print(PlaybookSchema(catalog: catalog).text)
    return .success
  }
}
