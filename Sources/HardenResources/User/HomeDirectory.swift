internal import HardenModel
internal import HardenSystem

/// A home directory that is made from `/etc/skel`, path by path, so that undoing it takes back what
/// is unchanged and nothing else.
struct HomeDirectory {
  private let path: String
  private let owner: Principal
  private let group: Principal
  private static let skeleton = "/etc/skel"

  /// The home of `user` at `path`.
  init(_ path: String, of user: String, group: String) {
    self.path = path
    owner = .name(user)
    self.group = .name(group)
  }

  /// Adds to `observation` what makes the directory where it is missing.
  func add(to observation: inout Observation, _ host: borrowing Host) throws(SystemError) {
    let found = try host.inodeFollowing(path)
    if let found, found.form != .directory {
      observation.standing = .refused("its home \(path) is no directory")
      return
    }
    observation.planes.append(
      PlaneState(
        .file, observed: found == nil ? nil : "home made", wanted: "home made", holds: found != nil,
        observedAt: found == nil ? nil : Place(path), wantedAt: Place(path)))
    guard found == nil else { return }
    let mode = try host.accountPolicy().homeMode
    make(FileState(.directory, attributes(mode)), at: path, &observation)
    try copy("", host, &observation)
    observation.notes += try PathPlace.parentNote(path, on: host)
  }

  private func copy(_ folder: String, _ host: borrowing Host, _ observation: inout Observation)
    throws(SystemError)
  {
    for name in try host.entries(Self.skeleton + folder) {
      let (source, target) = ("\(Self.skeleton)\(folder)/\(name)", "\(path)\(folder)/\(name)")
      guard let inode = try host.inode(source) else { continue }
      switch inode.form {
      case .directory:
        make(FileState(.directory, attributes(inode.mode)), at: target, &observation)
        try copy("\(folder)/\(name)", host, &observation)
      case .file:
        let content = try host.contents(source, limit: Host.contentLimit) ?? []
        observation.contents.append(Bytes(content))
        make(
          FileState(.file(Digest(of: content)), attributes(inode.mode)), at: target, &observation)
      case .link:
        let text = try host.linkTarget(source) ?? ""
        make(FileState(.link(text), attributes(nil)), at: target, &observation)
      case .special: continue
      }
    }
  }

  private func attributes(_ mode: Mode?) -> Attributes {
    Attributes(owner: owner, group: group, mode: mode)
  }

  private func make(_ state: FileState, at path: String, _ observation: inout Observation) {
    observation.steps.append(.writeFile(WriteFile(path: path, before: .absent, after: state)))
  }
}
