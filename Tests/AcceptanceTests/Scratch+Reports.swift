import HardenTestSupport

extension Scratch {
  /// A tree with the files `f` and `g` of mode 0644, and `playbook`, to be reported on by `report`.
  static func reporting(_ playbook: String) throws -> Scratch {
    let scratch = try Scratch()
    scratch.write("root/etc/f", "x")
    scratch.write("root/etc/g", "x")
    try Shell.run("chmod 644 \(scratch.path)/root/etc/[fg]")
    scratch.write("p.yaml", playbook)
    return scratch
  }

  /// What `verb` comes to, with its report in `format` at `file`.
  func report(_ verb: String, _ format: String, to file: String) throws -> Launch {
    try Launch(
      Program.path,
      [verb] + (verb == "apply" ? ["--yes"] : []) + [
        "\(path)/p.yaml", "--report", "\(format):\(file)", "--root", "\(path)/root", "--state",
        "\(path)/state",
      ], captures: true)
  }
}
