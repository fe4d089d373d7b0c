package import HardenCore
package import HardenModel
package import HardenSystem

extension File {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      guard let inode = try host.inode(path) else { return try observeMissing(host) }
      if let why = try PathPlace.obstacle(inode, at: path, wanting: .file, on: host) {
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
    guard content != nil || state == .present else {
      return Observation(
        .refused("there is no such file; give it content, or say if_missing: skip"))
    }
    let bytes = content ?? Bytes([])
    switch try AttributeComparison.creating(attributes, usual: Mode(0o644), on: host) {
    case .failure(let refusal): return Observation(.refused(refusal.reason))
    case .success(let made):
      let digest = Digest(of: bytes.raw)
      let after = FileState(.file(digest), made)
      return Observation(
        planes: [
          PlaneState(.file, observed: nil, wanted: Self.summary(digest, made), holds: false)
        ],
        steps: [.writeFile(WriteFile(path: path, before: .absent, after: after))],
        notes: try PathPlace.parentNote(path, on: host), contents: [bytes])
    }
  }

  private func removal(_ inode: Inode, _ host: borrowing Host) throws(SystemError) -> Observation {
    let digest = Digest(of: try bytes(host))
    let plane = PlaneState(
      .file, observed: "file sha256:\(digest.short)", wanted: nil, holds: false)
    if let why = try PathPlace.lock(inode, at: path, on: host) {
      return Observation(.refused(why), planes: [plane])
    }
    return Observation(
      planes: [plane],
      steps: [.writeFile(WriteFile(path: path, before: FileState(.file(digest)), after: .absent))])
  }

  private func comparison(_ inode: Inode, _ host: borrowing Host) throws(SystemError) -> Observation
  {
    let compared = try AttributeComparison.of(attributes, inode, at: path, on: host)
    var observation = Observation(planes: compared.planes)
    if let content {
      let current = try bytes(host)
      let (old, new) = (Digest(of: current), Digest(of: content.raw))
      observation.planes.append(
        PlaneState(
          .file, observed: "content sha256:\(old.short)", wanted: "content sha256:\(new.short)",
          holds: old == new))
      if old != new {
        observation.steps = [
          .writeFile(
            WriteFile(
              path: path, before: FileState(.file(old), compared.before),
              after: FileState(.file(new), compared.after)))
        ]
        observation.contents = [content]
        let isPublic = isShown || inode.mode.bits & 0o004 != 0
        observation.notes = [
          isPublic ? TextDiff.text(from: current, to: content.raw) : TextDiff.hidden
        ]
      }
    }
    if observation.steps.isEmpty, !compared.after.isEmpty {
      observation.steps = [
        .setAttributes(
          SetAttributes(
            path: path, isDirectory: false, before: compared.before, after: compared.after))
      ]
    }
    if observation.planes.isEmpty {
      observation.planes = [PlaneState(.file, observed: "file", wanted: "file", holds: true)]
    }
    let obstacle = observation.steps.isEmpty ? nil : try PathPlace.lock(inode, at: path, on: host)
    if let why = compared.refusal ?? obstacle {
      return Observation(.refused(why), planes: observation.planes)
    }
    if let risk = ProtectedPrograms.losing(compared.before.mode, compared.after.mode, at: path) {
      observation.risks = [risk]
    }
    return observation
  }

  private func bytes(_ host: borrowing Host) throws(SystemError) -> [UInt8] {
    try host.contents(path, limit: Host.contentLimit) ?? []
  }

  private static func summary(_ digest: Digest, _ made: Attributes) -> String {
    let owner = made.owner?.description ?? ""
    let group = made.group?.description ?? ""
    let acl = made.xattrs.isEmpty ? "" : " with an ACL"
    return "file \(owner):\(group) \(made.mode?.description ?? "")\(acl) sha256:\(digest.short)"
  }
}
