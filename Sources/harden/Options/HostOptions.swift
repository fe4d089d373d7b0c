internal import ArgumentParser

/// Which host a command works on, and where its history is.
struct HostOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Work on the image below this directory.", valueName: "dir"))
  var root = "/"

  @Option(
    help: ArgumentHelp(
      "Where runs are kept; /var/lib/harden below the root unless given.", valueName: "dir"))
  var state: String?
}
