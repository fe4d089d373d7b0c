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
      return state == .absent
        ? try removal(inode, host) : try comparison(inode, try wanted(), host)
    } catch {
      return try PathPlace.observation(error)
    }
  }

  private func observeMissing(_ host: borrowing Host) throws(SystemError) -> Observation {
    if state == .absent {
      return Observation(planes: [PlaneState(.file, observed: nil, wanted: nil, holds: true)])
    }
    if isMissingAllowed { return Observation(.notApplicable("there is no \(path)")) }
    let wanted = try wanted()
    guard wanted != nil || state == .present else {
      return Observation(
        .refused("there is no such file; give it content, or say if_missing: skip"))
    }
    let bytes = wanted ?? Bytes([])
    let usual = Mode(secret == nil ? 0o644 : 0o600)
    switch try AttributeComparison.creating(attributes, usual: usual, on: host) {
    case .failure(let refusal): return Observation(.refused(refusal.reason))
    case .success(let made):
      let digest = Digest(of: bytes.raw)
      let after = FileState(.file(digest), made)
      var observation = Observation(
        planes: [
          PlaneState(.file, observed: nil, wanted: summary(digest, made), holds: false)
        ],
        steps: [.writeFile(WriteFile(path: path, before: .absent, after: after))],
        notes: try PathPlace.parentNote(path, on: host))
      carry(bytes, in: &observation)
      return observation
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

  /// The bytes that it is to hold; nil where nothing is said of them.
  private func wanted() throws(SystemError) -> Bytes? {
    guard let secret else { return content }
    return Bytes(try SecretFile.read(secret))
  }

  /// Hands over the bytes that a step writes.
  private func carry(_ bytes: Bytes, in observation: inout Observation) {
    if let secret { observation.secrets = [secret: bytes] } else { observation.contents = [bytes] }
  }

  private func comparison(_ inode: Inode, _ content: Bytes?, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    let compared = try AttributeComparison.of(attributes, inode, at: path, on: host)
    var observation = Observation(planes: compared.planes)
    if let content {
      let current = try bytes(host)
      let (old, new) = (Digest(of: current), Digest(of: content.raw))
      observation.planes.append(
        PlaneState(
          .file,
          observed: secret.map { old == new ? "the secret in \($0)" : "another secret" }
            ?? "content sha256:\(old.short)",
          wanted: secret.map { "the secret in \($0)" } ?? "content sha256:\(new.short)",
          holds: old == new))
      if old != new {
        observation.steps = [
          .writeFile(
            WriteFile(
              path: path, before: FileState(.file(old), compared.before),
              after: FileState(.file(new), compared.after)))
        ]
        carry(content, in: &observation)
        let isPublic = secret == nil && (isShown || inode.mode.bits & 0o004 != 0)
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
    let packaged = try PackageModes(inode, compared, at: path, on: host)
    observation.risks = [ProtectedPrograms.losing(inode, compared, at: path), packaged.risk]
      .compactMap(\.self)
    if let note = packaged.note { observation.notes.append(note) }
    return observation
  }

  private func bytes(_ host: borrowing Host) throws(SystemError) -> [UInt8] {
    try host.contents(path, limit: Host.contentLimit) ?? []
  }

  private func summary(_ digest: Digest, _ made: Attributes) -> String {
    let owner = made.owner?.description ?? ""
    let group = made.group?.description ?? ""
    let acl = made.xattrs.isEmpty ? "" : " with an ACL"
    let holding = secret.map { "holding the secret in \($0)" } ?? "sha256:\(digest.short)"
    return "file \(owner):\(group) \(made.mode?.description ?? "")\(acl) \(holding)"
  }
}
