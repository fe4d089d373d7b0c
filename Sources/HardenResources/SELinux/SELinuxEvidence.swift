internal import HardenModel
internal import HardenSystem

/// What would stop working once SELinux enforces.
enum SELinuxEvidence {
  /// One sentence for each kind of evidence.
  static func sentences(_ host: borrowing Host) throws(SystemError) -> [String] {
    try [unlabelled(host), host.isLive ? denials(host) : nil].compactMap { $0 }
  }

  /// The sentence, if any, on what the type `domain` has been let do.
  static func sentences(of domain: String, on host: borrowing Host) throws(SystemError) -> [String]
  {
    guard host.isLive, let sentence = try denials(host, of: domain) else { return [] }
    return [sentence]
  }

  /// Where files lie that a boot needs.
  private static let folders = [
    "/etc", "/etc/systemd/system", "/usr/bin", "/usr/sbin", "/usr/lib/systemd",
    "/usr/lib/systemd/system", "/var/lib", "/root",
  ]
  private static let mostOfEach = 100

  /// Files without a label, among a sample of every folder that a boot needs.
  private static func unlabelled(_ host: borrowing Host) throws(SystemError) -> String? {
    var looked = 0
    var bare: [String] = []
    for folder in folders {
      for name in try host.entries(folder).prefix(mostOfEach) {
        let path = "\(folder)/\(name)"
        // An image's history is made by a kernel that need not label anything.
        guard path != "/var/lib/harden" else { continue }
        switch try host.inode(path)?.form {
        case .file, .directory: break
        case .link, .special, nil: continue
        }
        looked += 1
        // The kernel gives what has no label one of these types.
        let label = try host.xattrs(path)[Host.labelAttribute].map {
          String(decoding: $0.raw, as: UTF8.self)
        }
        let type = label?.split(at: ":").dropFirst(2).first ?? "unlabeled_t"
        if type == "unlabeled_t" || type == "file_t" { bare.append(path) }
      }
    }
    guard let example = bare.first else { return nil }
    return "\(bare.count) of \(looked) files looked at have no label, \(example) for one, and "
      + "services could not use them; first relabel: make /.autorelabel and boot permissive"
  }

  /// What has been denied since the boot, of one type of processes or of all, and let pass, as the
  /// audit log has it.
  private static func denials(_ host: borrowing Host, of domain: String? = nil)
    throws(SystemError) -> String?
  {
    let log = "/var/log/audit/audit.log"
    guard let bytes = try host.contents(log, limit: Host.contentLimit) else { return nil }
    let booted = try host.text("/proc/stat").flatMap { text in
      text.split(at: "\n").first { $0.hasPrefix("btime ") }.flatMap { Int($0.dropFirst(6)) }
    }
    return sentence(
      String(decoding: bytes, as: UTF8.self), since: booted ?? 0, of: domain, log: log)
  }

  /// The sentence for the denials in `text` that are not older than `since`, seconds since 1970.
  static func sentence(_ text: String, since: Int, of domain: String? = nil, log: String) -> String?
  {
    var count = 0
    var name: Substring?
    for line in text.split(at: "\n") where line.contains("permissive=1") {
      guard line.contains("avc:"), line.contains("denied"),
        let time = line.split(at: "(").dropFirst().first?.split(at: ".").first,
        let seconds = Int(time), seconds >= since,
        domain == nil || source(line).map(String.init) == domain
      else { continue }
      count += 1
      name = name ?? line.split(at: " ").first { $0.hasPrefix("comm=") }?.dropFirst(5)
    }
    guard count > 0 else { return nil }
    return "\(log) has \(count) denials since the boot that permissive let pass, "
      + "of \(name ?? "a process") first"
  }

  /// The type of the process in a line of the audit log.
  private static func source(_ line: Substring) -> Substring? {
    line.split(at: " ").first { $0.hasPrefix("scontext=") }?.split(at: ":")
      .dropFirst(2).first
  }
}
