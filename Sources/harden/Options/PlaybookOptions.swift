internal import ArgumentParser

/// What is wanted: how playbooks are read and which of their controls count.
struct PlaybookOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only these controls, by id, tag or kind[name].", valueName: "name"))
  var only: [String] = []

  @Option(help: ArgumentHelp("Not these controls, by id, tag or kind[name].", valueName: "name"))
  var except: [String] = []

  @Option(help: ArgumentHelp("Give a playbook's variable a value.", valueName: "name=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Read values of variables from a file.", valueName: "file"))
  var vars: [String] = []

  @Option(help: ArgumentHelp("Read waivers from a file.", valueName: "file"))
  var waivers: [String] = []

  @Option(help: ArgumentHelp("One of the playbook's profiles.", valueName: "name"))
  var profile: String?
}
