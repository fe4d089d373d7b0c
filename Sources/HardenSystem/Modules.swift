internal import CHarden
internal import HardenModel

/// A module that the running kernel has loaded.
package struct LoadedModule: Hashable, Sendable {
  /// Its name, with underscores.
  package var name: String
  /// How many use it.
  package var users: Int
  /// The modules among them.
  package var holders: [String]

  /// Reads a line of `/proc/modules`; nil where it is none.
  package init?(line: some StringProtocol) {
    let fields = line.split(at: " ")
    guard fields.count >= 4, let users = Int(fields[2]) else { return nil }
    name = String(fields[0])
    self.users = users
    holders = fields[3] == "-" ? [] : fields[3].split { $0 == "," }.map { String($0) }
  }
}

extension Host {
  /// The module `name` as it is loaded; nil when it is not, and below `--root`.
  package func loadedModule(_ name: String) throws(SystemError) -> LoadedModule? {
    memory.note(.modules)
    guard isLive, planned.modules[name] != false else { return nil }
    let modules = try once("/proc/modules") {
      host throws(SystemError) -> [String: LoadedModule] in
      let lines = (try host.text("/proc/modules") ?? "").split(at: "\n")
      let modules = lines.compactMap { LoadedModule(line: $0) }
      return Dictionary(modules.map { ($0.name, $0) }) { first, _ in first }
    }
    return modules[name]
  }

  /// Whether the running kernel has `name` built in, so that nothing can keep it out.
  package func isBuiltIn(_ name: String) throws(SystemError) -> Bool {
    guard isLive else { return false }
    let path = "/lib/modules/\(Uname.current.release)/modules.builtin"
    let names = try once(path) { host throws(SystemError) -> Set<String> in
      let lines = (try host.contents(path, last: .follow) ?? []).split(separator: 0x0A)
      return Set(
        lines.compactMap { line in
          let file = String(decoding: line, as: UTF8.self).lastComponent
          return file.hasSuffix(".ko") ? file.dropLast(3).replacing("-", by: "_") : nil
        })
    }
    return names.contains(name)
  }
}

extension WritableHost {
  /// Takes the unused module `name` out of the kernel, which refuses one that is in use.
  ///
  /// The corresponding system call is `delete_module`.
  package func unloadModule(_ name: String) throws(SystemError) {
    try calls.make("delete_module", name) { unsafe Int(charden_delete_module(name)) }
  }

  /// Loads the module `name` with what it needs, whatever modprobe.d says of it.
  package func loadModule(_ name: String) throws(SystemError) {
    let ended = try run(
      ["/usr/sbin/modprobe", "/sbin/modprobe"], ["--ignore-install", "--", name])
    guard ended.status == 0 else {
      throw SystemError(refusing: "module \(name)", "modprobe: \(ended.message)")
    }
  }
}
