package import HardenCore
package import HardenModel
package import HardenSystem

extension FileCapability {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      guard let inode = try host.inode(path) else {
        return Observation(
          isMissingAllowed
            ? .notApplicable("there is no \(path)")
            : .refused("there is no such file; install it first, or say if_missing: skip"))
      }
      if let why = try PathPlace.obstacle(inode, at: path, wanting: .file, on: host) {
        return Observation(.refused(why))
      }
      return try comparison(inode, host)
    } catch {
      return try PathPlace.observation(error)
    }
  }

  private func comparison(_ inode: Inode, _ host: borrowing Host) throws(SystemError) -> Observation
  {
    let found = try host.xattrs(path)[FileCapabilities.attribute]
    let holds = found == wanted
    let plane = PlaneState(
      .file, observed: Self.text(found), wanted: Self.text(wanted), holds: holds)
    if holds { return Observation(planes: [plane]) }
    if let why = try PathPlace.lock(inode, at: path, on: host) {
      return Observation(.refused(why), planes: [plane])
    }
    let claim = { (value: Bytes?) in Attributes(xattrs: [FileCapabilities.attribute: value]) }
    return Observation(
      planes: [plane],
      steps: [
        .setAttributes(
          SetAttributes(
            path: path, isDirectory: false, before: claim(found), after: claim(wanted)))
      ], notes: [try PackageModes.capabilityNote(path, on: host)].compactMap(\.self),
      risks: ProtectedPrograms.losing(found, wanted, at: path).map { [$0] } ?? [])
  }

  private static func text(_ bytes: Bytes?) -> String {
    guard let bytes else { return "none" }
    return FileCapabilities(bytes: bytes.raw)?.text
      ?? "an attribute of \(bytes.raw.count) bytes that no kernel takes"
  }
}
