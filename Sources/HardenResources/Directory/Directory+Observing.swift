package import HardenCore
package import HardenModel
package import HardenSystem

extension Directory {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      guard let inode = try host.inode(path) else { return try observeMissing(host) }
      if let why = try PathPlace.obstacle(inode, at: path, wanting: .directory, on: host) {
        return Observation(.refused(why))
      }
      return state == .absent ? try removal(inode, host) : try comparison(inode, host)
    } catch {
      return try PathPlace.observation(error)
    }
  }

  private func observeMissing(_ host: borrowing Host) throws(SystemError) -> Observation {
    if state == .absent {
      return Observation(planes: [PlaneState(.file, observed: nil, wanted: nil, holds: true)])
    }
    if isMissingAllowed { return Observation(.notApplicable("there is no \(path)")) }
    guard state == .present else {
      return Observation(
        .refused("there is no such directory; say state: present to make it, or if_missing: skip"))
    }
    switch try AttributeComparison.creating(attributes, usual: Mode(0o755), on: host) {
    case .failure(let refusal): return Observation(.refused(refusal.reason))
    case .success(let made):
      let owners = "\(made.owner?.description ?? ""):\(made.group?.description ?? "")"
      let wanted = "directory \(owners) \(made.mode?.description ?? "")"
      return Observation(
        planes: [PlaneState(.file, observed: nil, wanted: wanted, holds: false)],
        steps: [
          .writeFile(WriteFile(path: path, before: .absent, after: FileState(.directory, made)))
        ],
        notes: try PathPlace.parentNote(path, on: host))
    }
  }

  private func removal(_ inode: Inode, _ host: borrowing Host) throws(SystemError) -> Observation {
    let plane = PlaneState(.file, observed: "directory", wanted: nil, holds: false)
    if let name = try host.entries(path).first {
      return Observation(
        .refused("it is not empty: it holds \(name); harden removes empty directories only"),
        planes: [plane])
    }
    if let why = try PathPlace.lock(inode, at: path, on: host) {
      return Observation(.refused(why), planes: [plane])
    }
    return Observation(
      planes: [plane],
      steps: [.writeFile(WriteFile(path: path, before: FileState(.directory), after: .absent))])
  }

  private func comparison(_ inode: Inode, _ host: borrowing Host) throws(SystemError) -> Observation
  {
    var walk = DirectoryWalk(top: path, mount: inode.mount)
    try walk.compare(attributes, inode, at: path, on: host)
    if let below { try walk.descend(below, into: path, on: host) }
    if walk.planes.isEmpty {
      walk.planes = [PlaneState(.file, observed: "directory", wanted: "directory", holds: true)]
    }
    if let refusal = walk.refusal { return Observation(.refused(refusal), planes: walk.planes) }
    return Observation(
      planes: walk.planes, steps: walk.steps, notes: [walk.note].compactMap(\.self),
      risks: walk.risks)
  }
}
